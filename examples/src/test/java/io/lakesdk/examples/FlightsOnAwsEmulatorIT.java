package io.lakesdk.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.AwsSettings;
import io.lakesdk.emulator.TestAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The flights on AWS print what the flights in this JVM print. */
@ExtendWith(TestAws.Fresh.class)
class FlightsOnAwsEmulatorIT {

  @TempDir Path home;

  @Test
  void printTheSameAnswers() {
    String embedded = answers(() -> FlightsLake.main(new String[] {home.toString()}));
    AwsSettings settings = TestAws.settings().build();

    String onAws = answers(() -> FlightsOnAws.run(settings, home));

    assertThat(onAws).isEqualTo(embedded).contains("flights after the rollback: 19812");
  }

  @Test
  void printThemAlsoWhereAFifthOfTheCallsMeetsAFault() {
    String embedded = answers(() -> FlightsLake.main(new String[] {home.toString()}));
    AwsSettings settings = TestAws.faultySettings().build();

    assertThat(answers(() -> FlightsOnAws.run(settings, home))).isEqualTo(embedded);
  }

  /** Some code that may fail. */
  private interface Program {
    void run() throws IOException;
  }

  /** What a program prints, without times and without where the lake is. */
  static String answers(Program program) {
    String printed =
        QuickStartTest.printed(
            () -> {
              try {
                program.run();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return printed
        .replaceAll("\\(\\d+ ms\\)|took \\d+ ms|\\d+\\.\\d{3} s", "(some time)")
        .replaceAll(" +\\(some time\\)", " (some time)")
        .replaceAll("-[0-9a-f]{8}-\\d{5}", "-ATTEMPT")
        .replaceAll("The lake is in .*", "The lake is somewhere");
  }
}
