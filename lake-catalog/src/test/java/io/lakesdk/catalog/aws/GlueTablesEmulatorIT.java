package io.lakesdk.catalog.aws;

import static io.lakesdk.schema.DataType.BIGINT;
import static io.lakesdk.schema.DataType.INT;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.AwsBackend;
import io.lakesdk.AwsService;
import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.emulator.TestAws;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Write;
import io.lakesdk.storage.ObjectUpload;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Table;

/** What others see in Glue of datasets that are registered and loaded here. */
@ExtendWith(TestAws.Fresh.class)
class GlueTablesEmulatorIT {

  private Lake lake = Lake.inMemory();
  private GlueClient glue;
  private Catalog catalog;

  @BeforeEach
  void open() {
    lake = TestAws.lake();
    glue = ((AwsBackend) lake.backend()).connection().client(AwsService.GLUE, GlueClient.builder());
    catalog = Catalog.of(lake);
  }

  @AfterEach
  void close() {
    lake.close();
  }

  private static Dataset.Builder orders() {
    return Dataset.named("sales.orders").in(Zone.CURATED);
  }

  private void load(Dataset dataset, String name, Map<String, Optional<String>> values)
      throws IOException {
    Partition partition = Partition.of(values);
    Publishing publishing = Publishing.of(lake);
    try (Draft draft = publishing.begin(dataset, Write.APPEND, LoadId.of(name));
        ObjectUpload upload = draft.upload(name, partition)) {
      upload.write(new byte[] {1});
      draft.include(upload.complete(), partition, OptionalLong.of(1));
      publishing.publish(draft);
    }
  }

  private Table table() {
    return glue.getTable(table -> table.databaseName("sales").name("orders")).table();
  }

  private List<software.amazon.awssdk.services.glue.model.Partition> partitions() {
    return glue.getPartitions(table -> table.databaseName("sales").tableName("orders"))
        .partitions();
  }

  @Test
  void partitionsFollowTheDefinitionOfTheirTable() throws IOException {
    Dataset dataset = orders().column("id", INT).partitionedBy("year", INT).build();
    catalog.register(dataset);
    load(dataset, "first", Map.of("year", Optional.of("2001")));
    load(dataset, "second", Map.of("year", Optional.of("2002")));
    List<String> before = locations();

    catalog.register(orders().column("id", BIGINT).partitionedBy("year", INT).build());

    assertThat(partitions())
        .hasSize(2)
        .allSatisfy(
            partition ->
                assertThat(partition.storageDescriptor().columns())
                    .containsExactly(Column.builder().name("id").type("bigint").build()));
    assertThat(locations()).isEqualTo(before);
    assertThat(catalog.versions(dataset.id())).hasSize(2);
  }

  private List<String> locations() {
    return partitions().stream().map(one -> one.storageDescriptor().location()).sorted().toList();
  }

  @Test
  void aTableThatIsMadeAfterItsDataWasPublishedShowsIt() throws IOException {
    Dataset dataset = orders().column("id", INT).build();
    load(dataset, "first", Map.of());
    catalog.register(dataset);
    String location = table().storageDescriptor().location();
    assertThat(location).contains("/sales/orders/").doesNotEndWith("/empty/");
    String folder = location.substring(location.indexOf("sales/orders/"));
    assertThat(lake.store(Zone.CURATED).all(folder).toList()).hasSize(1);
  }

  @Test
  void loadsAreNoDefinitions() throws IOException {
    Dataset dataset = orders().column("id", INT).build();
    catalog.register(dataset);
    for (int i = 0; i < 3; i++) {
      load(dataset, "load-" + i, Map.of());
    }
    assertThat(catalog.dataset(dataset.id())).isEqualTo(dataset);
    assertThat(catalog.versions(dataset.id())).hasSize(1);
    catalog.register(orders().column("id", BIGINT).build());
    load(orders().column("id", BIGINT).build(), "after", Map.of());
    assertThat(catalog.versions(dataset.id())).hasSize(2);
  }
}
