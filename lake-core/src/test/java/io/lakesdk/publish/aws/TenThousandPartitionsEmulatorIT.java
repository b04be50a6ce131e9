package io.lakesdk.publish.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.AwsBackend;
import io.lakesdk.AwsService;
import io.lakesdk.AwsSettings;
import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.emulator.AlteredHttp;
import io.lakesdk.emulator.TestAws;
import io.lakesdk.publish.draft.Layout;
import io.lakesdk.schema.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;

/** How many calls Glue gets for a load of many partitions. */
@ExtendWith(TestAws.Fresh.class)
class TenThousandPartitionsEmulatorIT {

  private static final int PARTITIONS = 10_000;

  private static final Dataset READINGS =
      Dataset.named("iot.readings")
          .in(Zone.CURATED)
          .column("line", DataType.STRING)
          .partitionedBy("device", DataType.INT)
          .build();

  private static final Column DEVICE = Column.builder().name("device").type("int").build();

  private AlteredHttp http;

  @BeforeEach
  void makeHttp() {
    http = new AlteredHttp(ApacheHttpClient.create(), operation -> Optional.empty());
  }

  /** The entry that a load of as many files makes; its objects are not looked at. */
  private static Entry entry(Entry.Kind kind, String load) {
    List<Entry.File> files = new ArrayList<>();
    for (int i = 0; i < PARTITIONS; i++) {
      String path = "device=" + i;
      String key = READINGS.location() + path + "/" + load + "/x.parquet";
      files.add(new Entry.File(path, "curated", key, "v", 1, 1L, null, null));
    }
    return new Entry(
        kind,
        null,
        "2026-01-01T00:00:00Z",
        Principal.ADMINISTRATOR.toString(),
        load,
        load,
        Layout.of(READINGS).print(),
        List.of(),
        files,
        List.of(),
        null,
        null,
        List.of(),
        List.of());
  }

  @Test
  void areMadeChangedAndDeletedInPages() {
    AwsSettings settings = TestAws.settings().httpClient(() -> http).build();
    TestAws.createBuckets(settings);
    try (Lake lake = Lake.onAws(settings)) {
      AwsBackend backend = (AwsBackend) lake.backend();
      createTable(backend);
      LogObjects objects = new LogObjects(backend);
      GluePublishing publishing = new GluePublishing(lake, backend);

      objects.add(READINGS.id(), 1, entry(Entry.Kind.APPEND, "aaaaaaaa"), () -> {});
      assertThat(calls(() -> publishing.show(READINGS))).isLessThanOrEqualTo(110);
      assertThat(new GlueTables(backend).partitions(READINGS.id())).hasSize(PARTITIONS);

      objects.add(READINGS.id(), 2, entry(Entry.Kind.OVERWRITE, "bbbbbbbb"), () -> {});
      assertThat(calls(() -> publishing.show(READINGS))).isLessThanOrEqualTo(110);
      assertThat(new GlueTables(backend).partitions(READINGS.id()).values())
          .allMatch(location -> location.endsWith("/bbbbbbbb/"));
      assertThat(calls(() -> publishing.show(READINGS))).isEqualTo(1);
    }
  }

  private static void createTable(AwsBackend backend) {
    GlueClient glue = backend.connection().client(AwsService.GLUE, GlueClient.builder());
    glue.createDatabase(request -> request.databaseInput(input -> input.name("iot")));
    glue.createTable(
        request ->
            request
                .databaseName("iot")
                .tableInput(
                    input ->
                        input
                            .name("readings")
                            .storageDescriptor(descriptor -> descriptor.location("s3://x/y/"))
                            .parameters(Map.of(GluePublishing.FOLDER, READINGS.location()))
                            .partitionKeys(List.of(DEVICE))));
  }

  private int calls(Runnable work) {
    int before = http.operations().size();
    work.run();
    return http.operations().size() - before;
  }
}
