package io.lakesdk.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lakesdk.AwsService;
import io.lakesdk.AwsSettings;
import io.lakesdk.Dataset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Reads tables as Athena and Spark do: it asks Glue where a table or its partitions are, and takes
 * all files that it finds there, except hidden ones. Knows nothing of this SDK.
 */
final class GlueReader implements AutoCloseable {

  private final AwsSettings settings;
  private final GlueClient glue;
  private final S3Client s3;

  GlueReader(AwsSettings settings) {
    this.settings = settings;
    this.glue = configure(GlueClient.builder(), AwsService.GLUE).build();
    this.s3 = configure(S3Client.builder().forcePathStyle(true), AwsService.S3).build();
  }

  private <B extends AwsClientBuilder<B, ?>> B configure(B builder, AwsService service) {
    builder
        .region(Region.of(settings.region()))
        .credentialsProvider(settings.credentials().orElseThrow())
        .endpointOverride(settings.endpoint(service).orElseThrow());
    return builder;
  }

  GlueClient glue() {
    return glue;
  }

  /** Makes the table of a dataset of texts where there is none. */
  void createTable(Dataset dataset, String folder) {
    String database = dataset.id().database();
    try {
      glue.createDatabase(request -> request.databaseInput(input -> input.name(database)));
    } catch (AlreadyExistsException there) {
      // as it should be
    }
    StorageDescriptor descriptor =
        StorageDescriptor.builder()
            .location(uri(dataset, folder))
            .columns(Column.builder().name("line").type("string").build())
            .build();
    TableInput input =
        TableInput.builder()
            .name(dataset.id().table())
            .tableType("EXTERNAL_TABLE")
            .parameters(Map.of("made-by", "somebody else", "lake.folder", dataset.location()))
            .storageDescriptor(descriptor)
            .partitionKeys(
                dataset.partitions().stream()
                    .map(key -> Column.builder().name(key.name()).type("string").build())
                    .toList())
            .build();
    try {
      glue.createTable(request -> request.databaseName(database).tableInput(input));
    } catch (AlreadyExistsException there) {
      // as it should be
    }
  }

  String uri(Dataset dataset, String folder) {
    return "s3://"
        + settings.bucket(dataset.zone())
        + "/"
        + settings.prefix(dataset.zone())
        + folder;
  }

  Table table(Dataset dataset) {
    return glue.getTable(
            request -> request.databaseName(dataset.id().database()).name(dataset.id().table()))
        .table();
  }

  boolean hasTable(Dataset dataset) {
    try {
      return table(dataset) != null;
    } catch (EntityNotFoundException absent) {
      return false;
    }
  }

  /** The values of partitions, joined, and where each is; one of no values for a table without. */
  Map<String, String> locations(Dataset dataset) {
    Map<String, String> locations = new TreeMap<>();
    if (!dataset.isPartitioned()) {
      locations.put("", table(dataset).storageDescriptor().location());
      return locations;
    }
    glue
        .getPartitionsPaginator(
            request ->
                request.databaseName(dataset.id().database()).tableName(dataset.id().table()))
        .stream()
        .flatMap(page -> page.partitions().stream())
        .forEach(
            partition ->
                locations.put(
                    String.join("/", partition.values()),
                    partition.storageDescriptor().location()));
    return locations;
  }

  /** The texts of each partition, sorted. */
  Map<String, List<String>> read(Dataset dataset) {
    Map<String, List<String>> texts = new LinkedHashMap<>();
    locations(dataset).forEach((values, location) -> texts.put(values, texts(location)));
    return texts;
  }

  /** All texts, sorted. */
  List<String> texts(Dataset dataset) {
    return read(dataset).values().stream().flatMap(List::stream).sorted().toList();
  }

  private List<String> texts(String location) {
    String rest = location.substring("s3://".length());
    String bucket = rest.substring(0, rest.indexOf('/'));
    String folder = rest.substring(rest.indexOf('/') + 1);
    List<String> texts = new ArrayList<>();
    s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(folder)).contents().stream()
        .map(S3Object::key)
        .filter(key -> isVisible(key.substring(folder.length())))
        .forEach(
            key ->
                texts.add(
                    s3.getObjectAsBytes(request -> request.bucket(bucket).key(key))
                        .asString(UTF_8)));
    texts.sort(null);
    return texts;
  }

  private static boolean isVisible(String name) {
    for (String part : name.split("/", -1)) {
      if (part.isEmpty() || part.startsWith("_") || part.startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    glue.close();
    s3.close();
  }
}
