package io.lakesdk.catalog.embedded;

import static io.lakesdk.schema.DataType.INT;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.SchemaVersion;
import io.lakesdk.testing.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that register the same dataset at once, each with definitions of its own. */
@Tag("slow")
class ProcessesTest {

  private static final int PROCESSES = 3;
  private static final int ROUNDS = 20;
  private static final Duration ENOUGH = Duration.ofMinutes(2);

  @TempDir Path root;

  @Test
  void registrationsOfSeveralProcessesFollowEachOther() {
    Lake.at(root).close();
    List<ChildJvm> children = new ArrayList<>();
    try {
      for (int i = 0; i < PROCESSES; i++) {
        children.add(ChildJvm.start(Registrar.class, root.toString(), "p" + i));
      }
      children.forEach(child -> child.awaitSuccess(ENOUGH));
    } finally {
      children.forEach(ChildJvm::close);
    }
    try (Lake lake = Lake.at(root)) {
      List<SchemaVersion> versions = Catalog.of(lake).versions(DatasetId.parse("sales.orders"));
      assertThat(versions).hasSize(PROCESSES * ROUNDS);
      assertThat(versions)
          .extracting(SchemaVersion::number)
          .containsExactlyElementsOf(
              LongStream.iterate(versions.size(), n -> n > 0, n -> n - 1).boxed().toList());
    }
  }

  /** Registers twenty definitions of one dataset. */
  static final class Registrar {

    private Registrar() {}

    public static void main(String[] arguments) {
      try (Lake lake = Lake.at(Path.of(arguments[0]))) {
        for (int i = 0; i < ROUNDS; i++) {
          Catalog.of(lake)
              .register(
                  Dataset.named("sales.orders")
                      .in(Zone.CURATED)
                      .column(arguments[1] + "_" + i, INT)
                      .build());
        }
      }
    }
  }
}
