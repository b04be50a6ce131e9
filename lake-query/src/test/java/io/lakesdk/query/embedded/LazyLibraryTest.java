package io.lakesdk.query.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.publish.Publishing;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.schema.DataType;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The engine's library is large; who does not query does not load it. */
class LazyLibraryTest {

  @Test
  void openingALakeItsCatalogGrantsAndAuditDoesNotLoadTheEngine() throws Exception {
    try (ChildJvm child = ChildJvm.start(Opens.class)) {
      child.awaitSuccess(Duration.ofMinutes(2));
      assertThat(child.lines()).contains("before false", "after true", "left 0");
    }
  }

  /** Opens a lake, uses what needs no engine, and then the engine. */
  static final class Opens {

    private static final Principal ANALYST = Principal.role("analyst");

    public static void main(String[] arguments) throws IOException {
      try (Lake lake = Lake.inMemory()) {
        Catalog.of(lake)
            .register(Dataset.named("a.b").in(Zone.RAW).column("x", DataType.INT).build());
        Security.of(lake).grant(Grant.select().on("a.b").where("x = 1").to(ANALYST));
        Catalog.of(lake.as(ANALYST)).list();
        Security.of(lake).audit().by(ANALYST).list();
        Publishing.of(lake).snapshot(Catalog.of(lake).dataset(DatasetId.parse("a.b")));
        lake.store(Zone.RAW).put("k", new byte[] {1}, PutOptions.defaults());
        QueryEngine engine = QueryEngine.of(lake);
        System.out.println("before " + isLoaded());
        try (Rows rows = engine.run(Query.sql("SELECT x FROM a.b"))) {
          rows.asLists().forEach(row -> {});
        }
        System.out.println("after " + isLoaded());
        try (Stream<Path> left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
          System.out.println("left " + left.filter(f -> f.toString().contains("duckdb")).count());
        }
      }
    }

    private static boolean isLoaded() throws IOException {
      try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
        return maps.anyMatch(line -> line.contains("duckdb"));
      }
    }
  }
}
