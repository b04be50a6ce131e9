package io.lakesdk.query.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.publish.Publishing;
import io.lakesdk.query.Content;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.query.workbench.Workbench;
import io.lakesdk.schema.DataType;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for all files whose rows Java reads. */
class RowFilesTest {

  @TempDir Path folder;

  private static List<Map<String, Object>> run(Lake lake, String sql) {
    try (Rows rows = QueryEngine.of(lake).run(Query.sql(sql).in("shop"))) {
      return rows.asMaps().toList();
    }
  }

  @Test
  void showWhatIsGranted() {
    try (Lake lake = Lake.at(folder)) {
      Security security = Security.of(lake);
      Principal analyst = Principal.role("analyst");
      for (String ending : List.of("avro", "orc")) {
        Dataset things =
            Dataset.named("shop." + ending)
                .in(Zone.RAW)
                .format(ending.equals("orc") ? Format.ORC : Format.AVRO)
                .column("id", DataType.INT)
                .column("name", DataType.STRING)
                .build();
        String file = ending.equals("orc") ? "many.zlib.orc" : "many.null.avro";
        Content.land(lake, things, file, TestFiles.read(file));
        security.grant(Grant.select("name").on("shop." + ending).where("id < 3").to(analyst));
        Lake theirs = lake.as(analyst);

        assertThat(run(theirs, "SELECT * FROM " + ending + " ORDER BY name"))
            .containsExactly(
                Map.of("name", "name 0"), Map.of("name", "name 1"), Map.of("name", "name 2"));
        assertThat(run(theirs, "SELECT count(*) AS n FROM " + ending))
            .containsExactly(Map.of("n", 3L));
        assertThatThrownBy(() -> run(theirs, "SELECT id FROM " + ending))
            .isInstanceOf(AccessDeniedException.class)
            .hasMessageContaining("Cannot select id from dataset shop." + ending);
      }
    }
  }

  @Test
  void becomeParquet() {
    try (Lake lake = Lake.inMemory()) {
      Dataset raw =
          Dataset.named("shop.raw")
              .in(Zone.RAW)
              .format(Format.AVRO)
              .column("id", DataType.INT)
              .column("name", DataType.STRING)
              .build();
      Content.land(lake, raw, "many.avro", TestFiles.read("many.snappy.avro"));
      run(lake, "CREATE TABLE clean AS SELECT id, upper(name) AS name FROM raw WHERE id >= 4990");
      assertThat(run(lake, "SELECT count(*) AS n, min(name) AS m FROM clean"))
          .containsExactly(Map.of("n", 10L, "m", "NAME 4990"));
    }
  }

  /** 1.2 GB of text, and the tests have a heap of 1 GiB. */
  @Test
  void largerThanMemoryStream() throws IOException {
    try (Lake lake = Lake.at(folder)) {
      Dataset large =
          Dataset.named("shop.large")
              .in(Zone.RAW)
              .format(Format.AVRO)
              .column("id", DataType.INT)
              .column("name", DataType.STRING)
              .build();
      Content.land(lake, large, "large.avro", longTexts(2400, 1 << 19));
      assertThat(run(lake, "SELECT count(*) AS n, sum(length(name)) AS s, max(id) AS m FROM large"))
          .containsExactly(Map.of("n", 2400L, "s", 2400L << 19, "m", 2399));
      Publishing publishing = Publishing.of(lake);
      try (Workbench workbench = QueryEngine.of(lake).workbench();
          Rows rows = workbench.stream(workbench.dataset(large, publishing.snapshot(large)))) {
        assertThat(rows.asMaps().limit(3).map(row -> row.get("id"))).containsExactly(0, 1, 2);
      }
    }
  }

  private static byte[] longTexts(int rows, int length) throws IOException {
    Schema schema =
        SchemaBuilder.record("Row").fields().requiredInt("id").requiredString("name").endRecord();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    GenericDatumWriter<GenericRecord> datums = new GenericDatumWriter<>(schema);
    try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(datums)) {
      writer.setCodec(CodecFactory.deflateCodec(1));
      writer.create(schema, file);
      GenericRecord row = new GenericData.Record(schema);
      row.put("name", "x".repeat(length));
      for (int i = 0; i < rows; i++) {
        row.put("id", i);
        writer.append(row);
      }
    }
    return file.toByteArray();
  }
}
