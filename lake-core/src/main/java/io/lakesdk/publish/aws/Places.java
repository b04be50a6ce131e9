package io.lakesdk.publish.aws;

import io.lakesdk.AwsBackend;
import io.lakesdk.AwsSettings;
import io.lakesdk.Dataset;
import java.util.Optional;

/** Where the folders of one dataset are, as keys of its zone and as Glue writes them. */
final class Places {

  /** Holds nothing; a table points at it that has no rows. */
  private static final String EMPTY = "empty/";

  private static final String VIEW = "view-";

  private final String location;
  private final String bucket;
  private final String prefix;

  Places(AwsBackend backend, Dataset dataset) {
    AwsSettings settings = backend.settings();
    this.location = dataset.location();
    this.bucket = settings.bucket(dataset.zone());
    this.prefix = settings.prefix(dataset.zone());
  }

  /** The folder of a partition: drafts' folders and views are in it. */
  String home(String path) {
    return location + (path.isEmpty() ? "" : path + "/");
  }

  static String empty(Dataset dataset) {
    return dataset.location() + EMPTY;
  }

  /** A folder for copies of a partition's files. */
  String view(String path, String id) {
    return home(path) + VIEW + id + "/";
  }

  boolean isView(String path, String folder) {
    String home = home(path);
    return folder.startsWith(home + VIEW)
        && folder.indexOf('/', home.length()) == folder.length() - 1;
  }

  /** The folder that a draft has for a partition. */
  String draft(String path, String attempt) {
    return home(path) + attempt + "/";
  }

  /** A folder as Glue writes it. */
  String uri(String folder) {
    return "s3://" + bucket + "/" + prefix + folder;
  }

  /** The folder that Glue writes so; empty if it is not in the dataset's zone. */
  Optional<String> folder(String uri) {
    int scheme = uri.indexOf("://");
    String start = bucket + "/" + prefix;
    if (!uri.startsWith("s3") || scheme < 0 || !uri.startsWith(start, scheme + 3)) {
      return Optional.empty();
    }
    String folder = uri.substring(scheme + 3 + start.length());
    return Optional.of(folder.endsWith("/") || folder.isEmpty() ? folder : folder + "/");
  }
}
