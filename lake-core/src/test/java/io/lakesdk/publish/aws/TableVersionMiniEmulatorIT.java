package io.lakesdk.publish.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.AwsBackend;
import io.lakesdk.AwsService;
import io.lakesdk.AwsSettings;
import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.emulator.Emulator;
import io.lakesdk.emulator.TestAws;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Write;
import io.lakesdk.schema.DataType;
import io.lakesdk.storage.ObjectUpload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Table;

/** Glue's check of a table's version, which MiniStack makes and moto does not. */
class TableVersionMiniEmulatorIT {

  private static final Dataset ORDERS =
      Dataset.named("sales.orders")
          .in(Zone.CURATED)
          .format(Format.CSV)
          .column("line", DataType.STRING)
          .build();

  private static final String FOLDER = "s3://lake-\\d+-curated/sales/orders/[0-9a-f]{8}/";

  @Test
  void whoeverComesLateWithATableIsRefusedAndLooksAgain() throws IOException {
    Emulator.miniStack().reset();
    AwsSettings settings = TestAws.settings(Emulator.miniStack().endpoint()).build();
    TestAws.createBuckets(settings);
    try (Lake lake = Lake.onAws(settings)) {
      AwsBackend backend = (AwsBackend) lake.backend();
      createTable(backend);
      GlueTables tables = new GlueTables(backend);
      Table found = tables.find(ORDERS.id()).orElseThrow();

      assertThat(update(tables, found, "s3://x/first/")).isTrue();
      assertThat(update(tables, found, "s3://x/late/")).isFalse();
      assertThat(location(tables)).isEqualTo("s3://x/first/");

      publish(lake, "one");
      String one = location(tables);
      assertThat(one).matches(FOLDER);
      publish(lake, "two");
      assertThat(location(tables)).matches(FOLDER).isNotEqualTo(one);
    }
  }

  private static boolean update(GlueTables tables, Table found, String location) {
    return tables.update(ORDERS.id(), found, Optional.of(location), Map.of());
  }

  private static String location(GlueTables tables) {
    return tables.find(ORDERS.id()).orElseThrow().storageDescriptor().location();
  }

  private static void publish(Lake lake, String load) throws IOException {
    Publishing publishing = Publishing.of(lake);
    try (Draft draft = publishing.begin(ORDERS, Write.OVERWRITE, LoadId.of(load))) {
      try (ObjectUpload upload = draft.upload("x.csv", Partition.none())) {
        upload.write(load.getBytes(StandardCharsets.UTF_8));
        draft.include(upload.complete(), Partition.none(), OptionalLong.of(1));
      }
      publishing.publish(draft);
    }
  }

  private static void createTable(AwsBackend backend) {
    GlueClient glue = backend.connection().client(AwsService.GLUE, GlueClient.builder());
    glue.createDatabase(request -> request.databaseInput(input -> input.name("sales")));
    glue.createTable(
        request ->
            request
                .databaseName("sales")
                .tableInput(
                    input ->
                        input
                            .name("orders")
                            .parameters(Map.of(GluePublishing.FOLDER, ORDERS.location()))
                            .storageDescriptor(descriptor -> descriptor.location("s3://x/y/"))));
  }
}
