package io.lakesdk.query.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lakesdk.Format;
import io.lakesdk.Format.Header;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.query.Rows;
import io.lakesdk.query.Rows.ResultColumn;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.UUID;
import java.util.stream.Stream;

/** Writes the rows of a statement to a file of the local file system. */
public final class ResultFile {

  private ResultFile() {}

  /** See {@link Rows#writeTo}. */
  public static long write(Rows rows, Path file, Format format) {
    try (Stream<String> lines = lines(rows, format)) {
      return write(header(rows, format), lines, file.toAbsolutePath());
    } catch (IOException | UncheckedIOException e) {
      throw new UnavailableException(
          "write", Subject.file(file), "the file system does not take it", e);
    } finally {
      rows.close();
    }
  }

  private static Stream<String> lines(Rows rows, Format format) {
    if (format instanceof Format.Csv csv) {
      return rows.asLists().map(row -> ResultText.line(row, csv.delimiter(), csv.quote()));
    } else if (format.equals(Format.JSON_LINES)) {
      return rows.asJson().map(line -> line + "\n");
    }
    throw new InvalidDefinitionException(
        "write",
        Subject.option("format"),
        "rows go to files of CSV and JSON Lines without settings of their own; UNLOAD and CREATE"
            + " TABLE AS write "
            + format.extension()
            + " in the lake, and ArrowRows reads them for tools outside");
  }

  private static String header(Rows rows, Format format) {
    return format instanceof Format.Csv csv && csv.header() == Header.PRESENT
        ? ResultText.line(
            rows.columns().stream().map(ResultColumn::name).toList(), csv.delimiter(), csv.quote())
        : "";
  }

  /** Whoever looks at the file sees what was there before, or all of it. */
  private static long write(String header, Stream<String> lines, Path file) throws IOException {
    Path unfinished =
        file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      long count = 0;
      try (BufferedWriter text =
          Files.newBufferedWriter(unfinished, UTF_8, StandardOpenOption.CREATE_NEW)) {
        text.write(header);
        for (Iterator<String> each = lines.iterator(); each.hasNext(); count++) {
          text.write(each.next());
        }
      }
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return count;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
