package io.lakesdk.catalog;

import static io.lakesdk.schema.DataType.BIGINT;
import static io.lakesdk.schema.DataType.DATE;
import static io.lakesdk.schema.DataType.INT;
import static io.lakesdk.schema.DataType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.VirtualClock;
import io.lakesdk.Zone;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Version;
import io.lakesdk.publish.Write;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import io.lakesdk.storage.ObjectUpload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Registration, versions, partitions, lineage, and who sees what of them. */
public abstract class CatalogContract {

  private static final Principal ANALYST = Principal.role("analyst");
  private static final Principal LOADER = Principal.role("loader");

  private final VirtualClock clock = VirtualClock.at("2026-01-01T00:00:00Z");
  private Lake lake;
  private Catalog catalog;

  /** A new, empty lake. */
  protected abstract Lake open(VirtualClock time);

  @BeforeEach
  void openLake() {
    lake = open(clock);
    catalog = Catalog.of(lake);
  }

  @AfterEach
  void closeLake() {
    lake.close();
  }

  private static Dataset.Builder orders() {
    return Dataset.named("sales.orders").in(Zone.CURATED).column("id", INT).column("note", STRING);
  }

  private void publish(Dataset dataset, String load, Map<String, Optional<String>> partition) {
    publish(dataset, load, partition, List.of());
  }

  private void publish(
      Dataset dataset,
      String load,
      Map<String, Optional<String>> partition,
      List<Version.Source> sources) {
    Partition values = Partition.of(partition);
    try (Draft draft = Publishing.of(lake).begin(dataset, Write.append(), LoadId.of(load));
        ObjectUpload upload = draft.upload(load, values)) {
      sources.forEach(draft::derivedFrom);
      upload.write(load.getBytes(StandardCharsets.UTF_8));
      draft.include(upload.complete(), values, OptionalLong.of(1));
      Publishing.of(lake).publish(draft);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Nested
  class Registration {

    @Test
    void whatIsRegisteredIsFound() {
      Dataset dataset =
          orders()
              .column("day", DATE, c -> c.describedAs("as the shop saw it"))
              .partitionedBy("year", INT)
              .format(Format.csv().delimitedBy('\t').withoutHeader())
              .describedAs("what was ordered")
              .stewardedBy("sales-engineering")
              .build();

      assertThat(catalog.register(dataset)).isEqualTo(dataset);
      assertThat(catalog.find(dataset.id())).contains(dataset);
      assertThat(catalog.dataset(dataset.id())).isEqualTo(dataset);
      assertThat(Definitions.of(lake).find(dataset.id())).contains(dataset);
      assertThat(catalog.list()).containsExactly(dataset);
      assertThat(catalog.list("sales")).containsExactly(dataset);
      assertThat(catalog.list("other")).isEmpty();
    }

    @Test
    void everyFormatComesBackAsItWas() {
      List<Format> formats =
          List.of(
              Format.PARQUET,
              Format.parquet(Format.Compression.SNAPPY),
              Format.CSV,
              Format.csv().quotedBy('\''),
              Format.JSON,
              Format.JSON_LINES);
      for (Format format : formats) {
        Dataset dataset = orders().format(format).build();
        catalog.register(dataset);
        assertThat(catalog.dataset(dataset.id())).isEqualTo(dataset);
      }
    }

    @Test
    void namesMayBeReservedWordsAndUnicode() {
      Dataset dataset =
          Dataset.named("sales.größe_注文")
              .in(Zone.CURATED)
              .column("select", INT)
              .column("straße", STRING)
              .column("注 文", STRING)
              .build();
      catalog.register(dataset);
      assertThat(catalog.dataset(dataset.id())).isEqualTo(dataset);
    }

    @Test
    void aDatasetMayHaveTwoThousandColumns() {
      Dataset.Builder wide = Dataset.named("sales.wide").in(Zone.CURATED);
      IntStream.range(0, 2000).forEach(i -> wide.column("column_" + i, BIGINT));
      catalog.register(wide.build());
      assertThat(catalog.dataset(DatasetId.parse("sales.wide")).schema().columns()).hasSize(2000);
    }

    @Test
    void theSameAgainIsNoNewVersion() {
      catalog.register(orders().build());
      catalog.register(orders().build());
      assertThat(catalog.versions(DatasetId.parse("sales.orders"))).hasSize(1);
    }

    @Test
    void versionsSayWhatChangedWhenAndByWhom() {
      Security.of(lake).grant(Grant.write().on(Zone.CURATED).to(LOADER));
      catalog.register(orders().build());
      clock.advance(Duration.ofHours(1));
      Catalog.of(lake.as(LOADER)).register(orders().column("total", INT).build());

      List<SchemaVersion> versions = catalog.versions(DatasetId.parse("sales.orders"));
      assertThat(versions).extracting(SchemaVersion::number).containsExactly(2L, 1L);
      assertThat(versions)
          .extracting(SchemaVersion::by)
          .containsExactly(LOADER, Principal.ADMINISTRATOR);
      assertThat(versions)
          .extracting(SchemaVersion::at)
          .containsExactly(
              Instant.parse("2026-01-01T01:00:00Z"), Instant.parse("2026-01-01T00:00:00Z"));
      assertThat(versions.get(0).changes()).hasToString("[total: added as int]");
      assertThat(versions.get(1).definition()).isEqualTo(orders().build());
    }

    @Test
    void aDatasetWithoutDataMayBecomeAnything() {
      catalog.register(orders().build());
      Dataset other =
          Dataset.named("sales.orders").in(Zone.RAW).column("x", DATE).format(Format.CSV).build();
      catalog.register(other);
      assertThat(catalog.dataset(other.id())).isEqualTo(other);
    }

    @Test
    void columnsOfDataMayBeAddedAndWidened() {
      catalog.register(orders().build());
      publish(orders().build(), "load-1", Map.of());
      Dataset next =
          Dataset.named("sales.orders")
              .in(Zone.CURATED)
              .column("total", INT)
              .column("id", BIGINT)
              .column("note", STRING)
              .build();
      catalog.register(next);
      assertThat(catalog.dataset(next.id())).isEqualTo(next);
    }

    @Test
    void columnsOfDataThatCannotBeReadAreRefusedEachByName() {
      catalog.register(orders().build());
      publish(orders().build(), "load-1", Map.of());
      Dataset next = Dataset.named("sales.orders").in(Zone.CURATED).column("id", DATE).build();

      assertThatThrownBy(() -> catalog.register(next))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage(
              "Cannot register dataset sales.orders: files that it has cannot be read with these"
                  + " columns (id: int became date, which cannot read it; note: removed, was"
                  + " string); keep the columns and their types, add new ones, or register a"
                  + " dataset of another name");
      assertThat(catalog.dataset(next.id())).isEqualTo(orders().build());
    }

    @Test
    void textThatWasANumberMayBecomeAStringAndNewCsvColumnsJoinAtTheEnd() {
      Dataset csv = orders().format(Format.CSV).build();
      catalog.register(csv);
      publish(csv, "load-1", Map.of());
      Dataset text =
          Dataset.named("sales.orders")
              .in(Zone.CURATED)
              .format(Format.CSV)
              .column("id", STRING)
              .column("note", STRING)
              .column("more", INT)
              .build();
      catalog.register(text);
      Dataset moved =
          Dataset.named("sales.orders")
              .in(Zone.CURATED)
              .format(Format.CSV)
              .column("note", STRING)
              .column("id", STRING)
              .column("more", INT)
              .build();
      assertThatThrownBy(() -> catalog.register(moved))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining("CSV files are read in order");
    }

    @Test
    void dataDoesNotMove() {
      catalog.register(orders().build());
      publish(orders().build(), "load-1", Map.of());
      assertThatThrownBy(
              () -> catalog.register(orders().at("elsewhere").format(Format.CSV).build()))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining(
              "it has data, and this would change its location from sales/orders/ to elsewhere/ and"
                  + " its format from");
      assertThatThrownBy(() -> catalog.register(orders().partitionedBy("year", INT).build()))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("its partitioning from [] to [year int]");
    }

    @Test
    void filesLandedAsTheyAreGetTheirFormatAndColumnsLater() {
      Dataset landed = Dataset.named("sales.landed").in(Zone.RAW).build();
      catalog.register(landed);
      publish(landed, "load-1", Map.of());
      Dataset known = landed.toBuilder().format(Format.CSV).column("id", INT).build();
      catalog.register(known);
      assertThat(catalog.dataset(known.id())).isEqualTo(known);
    }

    @Test
    void locationsDoNotOverlap() {
      catalog.register(orders().build());
      Dataset inside = Dataset.named("sales.late").in(Zone.CURATED).at("sales/orders/late").build();
      assertThatThrownBy(() -> catalog.register(inside))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage(
              "Cannot register dataset sales.late: its location curated/sales/orders/late/ and that"
                  + " of sales.orders overlap, and each would take the other's files; give it a"
                  + " location of its own with .at(...)");
      Dataset around = Dataset.named("sales.all").in(Zone.CURATED).at("sales").build();
      assertThatThrownBy(() -> catalog.register(around))
          .isInstanceOf(InvalidDefinitionException.class);
      catalog.register(Dataset.named("sales.orders_2").in(Zone.CURATED).build());
      catalog.register(Dataset.named("sales.raw").in(Zone.RAW).at("sales/orders").build());
      assertThat(catalog.list()).hasSize(3);
    }

    @Test
    void manyAtOnceFollowEachOther() throws Exception {
      int writers = 8;
      ExecutorService threads = Executors.newFixedThreadPool(writers);
      try {
        List<Callable<Dataset>> work = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
          int own = i;
          work.add(() -> Catalog.of(lake).register(orders().column("c" + own, INT).build()));
          work.add(() -> Catalog.of(lake).register(orders().build()));
        }
        for (Future<Dataset> done : threads.invokeAll(work)) {
          done.get();
        }
      } finally {
        threads.shutdownNow();
      }
      List<Long> numbers =
          catalog.versions(DatasetId.parse("sales.orders")).stream()
              .map(SchemaVersion::number)
              .toList();
      assertThat(numbers.get(numbers.size() - 1)).isEqualTo(1);
      assertThat(numbers).hasSize(numbers.get(0).intValue()).doesNotHaveDuplicates();
    }
  }

  @Nested
  class Absence {

    @Test
    void nearNamesAreSuggested() {
      catalog.register(orders().build());
      assertThatThrownBy(() -> catalog.dataset(DatasetId.parse("sales.order")))
          .isInstanceOf(NotFoundException.class)
          .hasMessage(
              "Cannot find dataset sales.order: there is no such dataset that you may see; did you"
                  + " mean sales.orders?");
      assertThatThrownBy(() -> catalog.versions(DatasetId.parse("shop.orders")))
          .hasMessageContaining("did you mean sales.orders?");
      assertThatThrownBy(() -> catalog.partitions(DatasetId.parse("x.y")))
          .hasMessageContaining("list() shows what there is");
    }

    @Test
    void droppingForgetsTheDatasetAndItsData() {
      catalog.register(orders().build());
      publish(orders().build(), "load-1", Map.of());
      catalog.drop(DatasetId.parse("sales.orders"));
      assertThat(catalog.list()).isEmpty();
      assertThat(lake.store(Zone.CURATED).all("").toList()).isEmpty();
      assertThatThrownBy(() -> catalog.drop(DatasetId.parse("sales.orders")))
          .isInstanceOf(NotFoundException.class);

      catalog.register(orders().build());
      assertThat(catalog.versions(DatasetId.parse("sales.orders"))).hasSize(1);
      assertThat(catalog.partitions(DatasetId.parse("sales.orders")).list()).isEmpty();
    }
  }

  @Nested
  class Access {

    private final DatasetId id = DatasetId.parse("sales.orders");

    @Test
    void withoutAGrantNothingIsThere() {
      catalog.register(orders().build());
      Catalog seen = Catalog.of(lake.as(ANALYST));
      assertThat(seen.find(id)).isEmpty();
      assertThat(seen.list()).isEmpty();
      assertThatThrownBy(() -> seen.dataset(DatasetId.parse("sales.order")))
          .isInstanceOf(NotFoundException.class)
          .hasMessageNotContaining("sales.orders");
      assertThatThrownBy(() -> seen.versions(id)).isInstanceOf(NotFoundException.class);
      assertThatThrownBy(() -> seen.lineage(id)).isInstanceOf(NotFoundException.class);
      assertThatThrownBy(() -> seen.drop(id)).isInstanceOf(NotFoundException.class);
      assertThatThrownBy(() -> seen.register(orders().column("x", INT).build()))
          .isInstanceOf(AccessDeniedException.class);
      assertThatThrownBy(() -> seen.preview(Crawler.of(Zone.CURATED, "")))
          .isInstanceOf(AccessDeniedException.class);
      assertThat(catalog.versions(id)).hasSize(1);
    }

    @Test
    void onlyGrantedColumnsAreShownInEveryVersion() {
      catalog.register(orders().build());
      catalog.register(orders().column("secret", INT).build());
      Security.of(lake).grant(Grant.select("id").on("sales.orders").to(ANALYST));
      Catalog seen = Catalog.of(lake.as(ANALYST));

      assertThat(seen.dataset(id).schema()).hasToString("id int");
      assertThat(seen.list()).hasSize(1);
      assertThat(seen.versions(id))
          .hasSize(2)
          .allSatisfy(version -> assertThat(version.toString()).doesNotContain("secret", "note"));
      assertThatThrownBy(() -> seen.drop(id)).isInstanceOf(AccessDeniedException.class);
      assertThat(catalog.find(id)).isPresent();
    }

    @Test
    void partitionsAreShownToThoseWhoSeeEveryKeyInEveryRow() {
      Dataset dataset = orders().partitionedBy("year", INT).build();
      catalog.register(dataset);
      publish(dataset, "load-1", Map.of("year", Optional.of("2001")));
      Security security = Security.of(lake);
      Principal some = Principal.role("some-columns");
      Principal rows = Principal.role("some-rows");
      security.grant(Grant.select().on("sales.orders").to(ANALYST));
      security.grant(Grant.select("id").on("sales.orders").to(some));
      security.grant(Grant.select().on("sales.orders").where("year = 2001").to(rows));

      assertThat(Catalog.of(lake.as(ANALYST)).partitions(id).list()).hasSize(1);
      for (Principal refused : List.of(some, rows)) {
        PartitionListing listing = Catalog.of(lake.as(refused)).partitions(id);
        assertThatThrownBy(listing::list)
            .isInstanceOf(AccessDeniedException.class)
            .hasMessageContaining(refused + " may not see every partition key in every row");
      }
      assertThatThrownBy(() -> Catalog.of(lake.as(some)).partitions(id).where("year = 1"))
          .hasMessageContaining("year is no partition key");
    }

    @Test
    void aWriterRegistersWithoutSeeing() {
      Security.of(lake).grant(Grant.write().on(Zone.CURATED).to(LOADER));
      Catalog writer = Catalog.of(lake.as(LOADER));
      writer.register(orders().build());
      publish(orders().build(), "load-1", Map.of());
      assertThatThrownBy(() -> writer.register(orders().partitionedBy("year", INT).build()))
          .isInstanceOf(ConflictException.class);
      writer.drop(id);
      assertThat(catalog.list()).isEmpty();
    }

    @Test
    void hiddenDatasetsEndTheLineage() {
      register("a.one", "a.two", "a.three", "a.four");
      derive("a.two", "a.one", "first");
      derive("a.three", "a.two", "second");
      derive("a.four", "a.three", "third");
      Security security = Security.of(lake);
      security.grant(Grant.select().on("a.two").to(ANALYST));
      security.grant(Grant.select().on("a.four").to(ANALYST));
      Catalog seen = Catalog.of(lake.as(ANALYST));

      assertThat(seen.lineage(DatasetId.parse("a.two")).allDownstream())
          .hasToString("[a.two -> a hidden dataset]");
      assertThat(seen.lineage(DatasetId.parse("a.two")).allUpstream())
          .hasToString("[a hidden dataset -> a.two]");
    }
  }

  private void register(String... names) {
    for (String name : names) {
      catalog.register(Dataset.named(name).in(Zone.CURATED).column("id", INT).build());
    }
  }

  private void derive(String target, String source, String via) {
    publish(
        catalog.dataset(DatasetId.parse(target)),
        "load-of-" + via,
        Map.of(),
        List.of(new Version.Source(source, OptionalLong.of(1), via)));
  }

  @Nested
  class LineageOfData {

    @Test
    void stepsAreFollowedBothWaysAndCyclesEnd() {
      register("a.one", "a.two", "a.three");
      derive("a.two", "a.one", "first");
      derive("a.three", "a.two", "second");
      derive("a.one", "a.three", "round");
      publish(
          catalog.dataset(DatasetId.parse("a.one")),
          "outside",
          Map.of(),
          List.of(new Version.Source("drop/orders", OptionalLong.empty(), "files")));

      Lineage lineage = catalog.lineage(DatasetId.parse("a.two"));
      assertThat(lineage.upstream()).hasToString("[a.one -> a.two via first]");
      assertThat(lineage.downstream()).hasToString("[a.two -> a.three via second]");
      assertThat(lineage.allUpstream())
          .extracting(Lineage.Step::toString)
          .containsExactly(
              "a.one -> a.two via first",
              "a.three -> a.one via round",
              "drop/orders -> a.one via files",
              "a.two -> a.three via second");
      assertThat(lineage.allDownstream()).hasSize(3);
      assertThat(lineage.upstream().get(0).read()).hasValue(1);
      assertThat(lineage.upstream().get(0).written()).hasValue(1);
    }
  }
}
