package io.lakesdk.query.statement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.Zone;
import io.lakesdk.storage.PutOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class DirectoryStatementTest extends StatementContract {
  @TempDir Path folder;
  private int lakes;

  @Override
  Lake open(Consumer<LakeOptions> with) {
    return Lake.at(folder.resolve("lake" + ++lakes), with);
  }

  @Test
  void whatHiveStatementsMadeIsThereWhenTheLakeIsOpenedAgain() {
    Path place = folder.resolve("again");
    try (Lake first = Lake.at(place)) {
      for (String day : List.of("2024-01-01", "2024-01-02")) {
        first
            .store(Zone.RAW)
            .put("logs/day=" + day + "/a", "1\n".getBytes(UTF_8), PutOptions.defaults());
      }
      run(
          first,
          "CREATE EXTERNAL TABLE logs (x int) PARTITIONED BY (day date) ROW FORMAT DELIMITED"
              + " FIELDS TERMINATED BY ',' LOCATION "
              + raw("logs/"));
      run(first, "MSCK REPAIR TABLE logs");
      run(first, "ALTER TABLE logs ADD COLUMNS (y string)");
      run(first, "ALTER TABLE logs DROP PARTITION (day='2024-01-01')");
      run(
          first,
          "CREATE EXTERNAL TABLE projected (x int) PARTITIONED BY (day date) LOCATION "
              + raw("projected/")
              + " TBLPROPERTIES ('projection.enabled'='true', 'projection.day.type'='injected')");
    }
    try (Lake second = Lake.at(place)) {
      assertThat(run(second, "SELECT x, CAST(day AS varchar) FROM logs"))
          .containsExactly(List.of(1, "2024-01-02"));
      assertThat(run(second, "SHOW COLUMNS IN logs")).hasSize(3);
      run(second, "ALTER TABLE logs DROP PARTITION (day='2024-01-02')");
      assertThat(run(second, "SELECT * FROM logs")).isEmpty();
      second
          .store(Zone.RAW)
          .put("projected/day=2024-01-01/a", "7\n".getBytes(UTF_8), PutOptions.defaults());
      assertThat(run(second, "SELECT x FROM projected WHERE day = DATE '2024-01-01'"))
          .containsExactly(List.of(7));
    }
  }
}
