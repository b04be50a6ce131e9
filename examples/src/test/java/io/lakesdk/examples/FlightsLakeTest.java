package io.lakesdk.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightsLakeTest {

  @TempDir Path home;

  @Test
  void tellsItsStory() throws IOException {
    String printed = QuickStartTest.printed(this::run);

    assertThat(printed)
        .contains(
            "the same drop once more: REPEATED",
            "2 tables",
            "between(delay)                                        174",
            "year=2001/month=1: 6846 rows",
            "| SEA    | 338     | 13.5  |",
            "refused: Cannot select destination from dataset aviation.flights",
            "flights now: 9476",
            "flights after the rollback: 19812");
    assertThat(Files.readString(home.resolve("flights.html")))
        .contains("<b>19,812</b> flights", "February 2001", "9.5 min", "aviation.flights_clean")
        .doesNotContain("{{", "http:", "https:");
    assertThat(namesBelow(home.resolve("flights-lake/curated/aviation/flights")))
        .as("a person finds the current files, and no others, under readable names")
        .hasSize(3)
        .allMatch(name -> name.matches("year=2001/month=[123]/enrich-flights-.*\\.parquet"));
  }

  @Test
  void startsAnewWhereAnEarlierRunLeftItsLake() {
    QuickStartTest.printed(this::run);
    assertThat(QuickStartTest.printed(this::run)).contains("flights after the rollback: 19812");
  }

  private void run() {
    try {
      FlightsLake.main(new String[] {home.toString()});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> namesBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
