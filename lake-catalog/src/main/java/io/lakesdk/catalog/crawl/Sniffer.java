package io.lakesdk.catalog.crawl;

import io.lakesdk.Format;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tells a file's format by its first bytes. The name's ending decides only between JSON and CSV
 * where a text begins with a brace or bracket, and whether a text without any delimiter is CSV.
 */
final class Sniffer {

  static final int SAMPLE = 1 << 16;

  private static final Set<String> TEXT_ENDINGS = Set.of("csv", "tsv", "psv", "txt");

  /** First bytes in hexadecimal of what is recognised and not read. */
  private static final Map<String, String> FOREIGN =
      new TreeMap<>(
          Map.of(
              "1f8b", "compressed with gzip",
              "28b52ffd", "compressed with zstd",
              "425a68", "compressed with bzip2",
              "504b0304", "a ZIP archive or Excel workbook",
              "4f5243", "an ORC file",
              "4f626a01", "an Avro file",
              "d0cf11e0", "an Excel workbook",
              "25504446", "a PDF document",
              "feff", "text in UTF-16",
              "fffe", "text in UTF-16"));

  private Sniffer() {}

  static FormatSurvey survey(SourceFile file, Optional<Format.Csv> told, long sampleBytes) {
    byte[] start = file.read(0, SAMPLE);
    if (startsWith(start, "PAR1")) {
      return new ParquetSurvey(sampleBytes);
    }
    if (startsWith(start, "PARE")) {
      throw file.unreadable("it is an encrypted Parquet file, which is not supported");
    }
    String hex = HexFormat.of().formatHex(start, 0, Math.min(start.length, 4));
    FOREIGN.forEach(
        (magic, what) -> {
          if (hex.startsWith(magic)) {
            throw file.unreadable(
                "it is " + what + "; crawls read UTF-8 CSV, JSON, JSON Lines and Parquet");
          }
        });
    String text = new String(start, StandardCharsets.UTF_8);
    if (text.startsWith("\uFEFF")) {
      text = text.substring(1);
    }
    String ending = ending(file.key());
    String content = text.stripLeading();
    boolean json = content.startsWith("{") || content.startsWith("[");
    if (json && told.isEmpty() && !TEXT_ENDINGS.contains(ending)) {
      return new JsonSurvey(sampleBytes);
    }
    Format.Csv dialect = told.orElse(CsvDialect.of(text, file.bytes() <= start.length));
    boolean delimited = text.indexOf(dialect.delimiter()) >= 0;
    if (told.isEmpty() && !delimited && !TEXT_ENDINGS.contains(ending)) {
      throw file.unreadable(
          "its format is not recognised; crawls read UTF-8 CSV, JSON, JSON Lines and Parquet");
    }
    return new CsvSurvey(dialect, sampleBytes);
  }

  private static boolean startsWith(byte[] bytes, String magic) {
    return new String(bytes, 0, Math.min(bytes.length, 4), StandardCharsets.ISO_8859_1)
        .equals(magic);
  }

  private static String ending(String key) {
    return key.substring(key.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
