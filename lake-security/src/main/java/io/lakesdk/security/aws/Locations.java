package io.lakesdk.security.aws;

import io.lakesdk.AwsPlace;
import io.lakesdk.AwsService;
import io.lakesdk.AwsSettings;
import io.lakesdk.DatasetId;
import io.lakesdk.Zone;
import io.lakesdk.aws.AwsConnection;
import io.lakesdk.aws.AwsConnection.Calls;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.fault.Call;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.lakeformation.LakeFormationClient;

/**
 * The places in S3 whose data Lake Formation hands out. It hands out what is below a registered
 * location, and what is below none is left to IAM, whatever is granted on tables there; source:
 * "Underlying data access control" in the AWS Lake Formation developer guide. What is registered
 * stays so: other grants and other tools may need it.
 */
final class Locations {

  /** Parameters in which the catalog notes the home of a dataset. */
  private static final String ZONE = "lake.zone";

  private static final String FOLDER = "lake.folder";
  private static final Pattern S3 = Pattern.compile("^s3[an]?://(?=.)");

  private final AwsSettings settings;
  private final LakeFormationClient client;
  private final Calls calls;
  private final GlueClient glue;
  private final Calls glueCalls;

  Locations(AwsConnection connection, LakeFormationClient client, Calls calls) {
    this.settings = connection.settings();
    this.client = client;
    this.calls = calls;
    this.glue = connection.client(AwsService.GLUE, GlueClient.builder());
    this.glueCalls = connection.glue();
  }

  /** The ARN of a zone's location. */
  String arn(Zone zone) {
    String prefix = settings.prefix(zone);
    return arn(settings.bucket(zone) + (prefix.isEmpty() ? "" : "/" + prefix));
  }

  private String arn(String place) {
    return "arn:" + PartitionMetadata.of(Region.of(settings.region())).id() + ":s3:::" + place;
  }

  /** Registers a zone's location. */
  void register(Zone zone) {
    register(Subject.zone(zone), arn(zone));
  }

  /**
   * Registers a dataset's location, unless it or one above it is registered, with whatever role. Of
   * a dataset that Glue does not have nothing is registered: granting it will say so.
   */
  void register(DatasetId dataset) {
    Optional<String> location = table(dataset).flatMap(this::home).map(this::arn);
    if (location.isPresent() && !isRegistered(dataset, location.get())) {
      register(Subject.dataset(dataset), location.get());
    }
  }

  private Optional<Table> table(DatasetId dataset) {
    try {
      return Optional.of(
          glueCalls.read(
              Call.READ_METADATA,
              "find in Glue",
              Subject.dataset(dataset),
              () ->
                  glue.getTable(t -> t.databaseName(dataset.database()).name(dataset.table()))
                      .table()));
    } catch (NotFoundException absent) {
      return Optional.empty();
    }
  }

  /**
   * Bucket and prefix of a table's data; empty if it has none in S3. Publishing moves the location
   * of a lake's own table, within the folder that the catalog notes.
   */
  private Optional<String> home(Table table) {
    return Optional.ofNullable(table.storageDescriptor())
        .flatMap(descriptor -> Optional.ofNullable(descriptor.location()))
        .map(location -> noted(table.parameters(), location).orElse(location))
        .filter(uri -> S3.matcher(uri).lookingAt())
        .map(uri -> S3.matcher(uri).replaceFirst(""));
  }

  private Optional<String> noted(Map<String, String> parameters, String location) {
    return Optional.ofNullable(parameters.get(FOLDER))
        .flatMap(
            folder ->
                AwsPlace.parse(settings, location)
                    .filter(now -> now.folder().startsWith(folder))
                    .filter(now -> now.zone().name().equals(parameters.get(ZONE)))
                    .map(now -> new AwsPlace(now.zone(), folder).uri(settings)));
  }

  private boolean isRegistered(DatasetId dataset, String location) {
    return calls.read(
        Call.READ_METADATA,
        "find in Lake Formation the location of",
        Subject.dataset(dataset),
        () ->
            client.listResourcesPaginator(request -> {}).stream()
                .flatMap(page -> page.resourceInfoList().stream())
                .anyMatch(registered -> isIn(location, registered.resourceArn())));
  }

  private static boolean isIn(String location, String other) {
    return closed(location).startsWith(closed(other));
  }

  private static String closed(String arn) {
    return arn.endsWith("/") ? arn : arn + "/";
  }

  private void register(Subject subject, String location) {
    try {
      calls.repeat(
          Call.WRITE_METADATA,
          "register with Lake Formation",
          subject,
          () ->
              client.registerResource(
                  request -> request.resourceArn(location).useServiceLinkedRole(true)));
    } catch (AlreadyExistsException before) {
      // which is what was wanted
    }
  }
}
