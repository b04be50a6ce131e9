package io.lakesdk.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class QuickStartTest {

  @Test
  void printsTheTotalsOfEachCountry() {
    assertThat(printed(() -> QuickStart.main(new String[0])).lines())
        .containsExactly(
            "Total[country=NO, total=150.00]",
            "Total[country=JP, total=99.00]",
            "Total[country=PE, total=70.10]");
  }

  @Test
  void theReadmeShowsTheCodeThatRan() throws IOException {
    String source = Files.readString(Path.of("src/main/java/io/lakesdk/examples/QuickStart.java"));
    String mark = "// README\n";
    String shown = source.substring(source.indexOf(mark) + mark.length(), source.lastIndexOf(mark));
    assertThat(words(Files.readString(Path.of("../README.md")))).contains(words(shown));
  }

  /** Line breaks differ, since the formatter indents the program deeper than the page does. */
  private static String words(String text) {
    return text.replaceAll("\\s+", "");
  }

  static String printed(Runnable program) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream capture = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(capture);
      program.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
