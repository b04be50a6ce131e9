package io.lakesdk.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.catalog.parquet.ParquetFixtures;
import io.lakesdk.error.BadDataException;
import io.lakesdk.ingest.Receipt.Landed;
import io.lakesdk.ingest.Receipt.Rejected;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.schema.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bits that flip in a Parquet file before it lands, all over the file. The file is rejected; or it
 * lands and has the same rows; or, where only decoding shows it, whoever reads it is told. It never
 * has other rows.
 */
class FlippedBitsTest {

  /** No multiple of eight, so that all bits of a byte have their turn. */
  private static final int STRIDE = 61;

  @TempDir Path drop;

  private static Dataset people(String name) {
    return Dataset.named("crm." + name)
        .in(Zone.RAW)
        .column("id", DataType.INT)
        .column("name", DataType.STRING)
        .column("born", DataType.DATE)
        .column("paid", DataType.decimal(5, 2))
        .column("tags", DataType.arrayOf(DataType.STRING))
        .build();
  }

  private static List<String> rows(Lake lake, Dataset dataset) {
    Query all =
        Query.sql("SELECT id, name, born, paid, tags FROM " + dataset.id() + " ORDER BY id");
    try (Rows rows = QueryEngine.of(lake).run(all)) {
      return rows.asLists().map(List::toString).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2", "java-v1", "java-v2"})
  void areNoticedOrDoNoHarm(String name) throws IOException {
    byte[] file = ParquetFixtures.people(name);
    for (long bit = 0; bit < file.length * 8L; bit += STRIDE) {
      Files.write(drop.resolve(bit + ".parquet"), ParquetFixtures.flipped(file, bit));
    }
    try (Lake lake = Lake.inMemory()) {
      Dataset good = people("good");
      Path intact = Files.write(drop.resolve("intact.parquet"), file);
      Ingestion.of(lake).load(IngestionSource.files(intact), good);
      List<String> rows = rows(lake, good);
      assertThat(rows).hasSize(12);
      Files.delete(intact);

      Receipt receipt = Ingestion.of(lake).load(IngestionSource.files(drop), people("flipped"));
      assertThat(receipt.rejected())
          .hasSizeGreaterThan(receipt.landed().size())
          .extracting(Rejected::reason)
          .allSatisfy(
              reason ->
                  assertThat(reason)
                      .startsWith("is no sound Parquet file: it")
                      .endsWith("; put an undamaged copy in its place")
                      .doesNotContain("hunter"))
          .anySatisfy(reason -> assertThat(reason).contains("does not have its checksum"));

      List<String> unreadable = new ArrayList<>();
      for (Landed landed : receipt.landed()) {
        Dataset one = people("one_" + landed.name().replace(".parquet", ""));
        Ingestion.of(lake).load(IngestionSource.files(drop.resolve(landed.name())), one);
        try {
          assertThat(rows(lake, one)).as(landed.name()).isEqualTo(rows);
        } catch (BadDataException e) {
          assertThat(e)
              .hasMessageContaining("object raw/crm/one_")
              .hasMessageNotContaining("hunter");
          unreadable.add(landed.name());
        }
      }
      assertThat(unreadable).hasSizeLessThan(receipt.landed().size() / 5);
    }
  }
}
