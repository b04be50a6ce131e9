package io.lakesdk.benchmarks;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.ingest.Ingestion;
import io.lakesdk.ingest.IngestionSource;
import io.lakesdk.query.Query;
import io.lakesdk.query.sql.SourceColumn;
import io.lakesdk.query.sql.SourceTable;
import io.lakesdk.query.sql.TpchTables;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/** The tables of TPC-H as Parquet, in a lake and beside it, and an analyst who may read them. */
final class TpchLake {

  static final int QUERIES = 22;
  static final Principal ANALYST = Principal.user("analyst");

  private TpchLake() {}

  /** Generates one Parquet file for each table, named after it. */
  static void generate(Path folder, double scale) throws SQLException, IOException {
    Files.createDirectories(folder);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("db"));
        Statement statement = duck.createStatement()) {
      TpchTables.create(duck, scale);
      for (SourceTable table : TpchTables.all()) {
        statement.execute(
            "COPY " + table.name() + " TO '" + file(folder, table) + "' (FORMAT parquet)");
      }
    }
    Files.delete(folder.resolve("db"));
  }

  static Path file(Path folder, SourceTable table) {
    return folder.resolve(table.name() + ".parquet");
  }

  /** Lands the files as they are, and grants every column of every table by its name. */
  static void land(Lake lake, Path folder) {
    for (SourceTable table : TpchTables.all()) {
      Dataset.Builder dataset =
          Dataset.named("tpch." + table.name()).in(Zone.CURATED).format(Format.PARQUET);
      table.columns().forEach(column -> dataset.column(column.name(), column.type()));
      Ingestion.of(lake).load(IngestionSource.files(file(folder, table)), dataset.build());
      String[] columns = table.columns().stream().map(SourceColumn::name).toArray(String[]::new);
      String[] others = Arrays.copyOfRange(columns, 1, columns.length);
      Security.of(lake)
          .grant(Grant.select(columns[0], others).on("tpch." + table.name()).to(ANALYST));
    }
  }

  static String text(int number) throws IOException {
    return TpchTables.text(number, "sql");
  }

  static Query query(int number) throws IOException {
    return Query.sql(text(number)).in("tpch");
  }
}
