package io.lakesdk.publish.draft;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Partition;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * The keys of one draft's objects: {@code <location><partition>/<load>-<attempt>-<part>}, with a
 * folder named after the attempt before the name where drafts have a folder each, then the format's
 * extension, or a hyphen and the name of a file that is stored as it came.
 */
final class FileNames {

  private static final int ATTEMPT_CHARACTERS = 8;
  private static final int MOST_BYTES = 1024;

  private final Dataset dataset;
  private final LoadId load;
  private final StagedDraft.Folder place;
  private final String attempt = UUID.randomUUID().toString().substring(0, ATTEMPT_CHARACTERS);
  private int parts;

  FileNames(Dataset dataset, LoadId load, StagedDraft.Folder place) {
    this.dataset = dataset;
    this.load = load;
    this.place = place;
  }

  String attempt() {
    return attempt;
  }

  /**
   * @param bucket of the rows, which Hive, Athena and Spark read from the beginning of a name
   */
  String next(Partition partition, OptionalInt bucket) {
    String first = bucket.isPresent() ? "%06d_0_".formatted(bucket.getAsInt()) : "";
    return start(partition, first) + "." + Format.fileEnding(dataset.format());
  }

  /**
   * A key that ends with this name, of which as much is kept from its end as a key has room for.
   */
  String next(Partition partition, String name) {
    if (name.isBlank()) {
      throw new InvalidDefinitionException(
          "add a file to", Subject.dataset(dataset.id()), "the file has no name");
    }
    StringBuilder kept = new StringBuilder();
    name.codePoints()
        .map(c -> c == '/' || c == '\\' || Character.isISOControl(c) ? '_' : c)
        .forEach(kept::appendCodePoint);
    String start = start(partition, "") + "-";
    int room = Math.max(1, MOST_BYTES - bytes(start));
    int from = 0;
    while (bytes(kept.substring(from)) > room) {
      from = kept.offsetByCodePoints(from, 1);
    }
    return start + kept.substring(from);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private String start(Partition partition, String first) {
    String folder = partition.path().isEmpty() ? "" : partition.path() + "/";
    String own = place == StagedDraft.Folder.OF_THE_DRAFT ? attempt + "/" : "";
    return "%s%s%s%s%s-%s-%05d"
        .formatted(dataset.location(), folder, own, first, load, attempt, parts++);
  }
}
