package io.lakesdk.query.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Translation costs little beside the query that it is for. */
@Tag("slow")
class TranslationSpeedTest {

  @Test
  void aQueryOfTpchTakesLessThanFiveMilliseconds() throws IOException {
    Translator translator = new Translator(TpchTables.resolver(), "tpch", Clock.systemUTC());
    List<String> queries = new ArrayList<>();
    for (int number = 1; number <= 22; number++) {
      queries.add(TpchTranslationTest.text(number, "sql"));
    }
    for (int round = 0; round < 60; round++) {
      queries.forEach(query -> translator.translate(query, Map.of()));
    }
    long slowest = 0;
    for (String query : queries) {
      long best = Long.MAX_VALUE;
      for (int round = 0; round < 10; round++) {
        long start = System.nanoTime();
        translator.translate(query, Map.of());
        best = Math.min(best, System.nanoTime() - start);
      }
      slowest = Math.max(slowest, best);
    }
    assertThat(slowest / 1e6).isLessThan(5);
  }
}
