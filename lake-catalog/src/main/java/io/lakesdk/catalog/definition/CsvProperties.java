package io.lakesdk.catalog.definition;

import io.lakesdk.Format;
import io.lakesdk.error.InvalidDefinitionException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the properties of {@code OpenCSVSerde} say of files. Source: "Open CSV SerDe for processing
 * CSV" in the Athena User Guide, and Hive's SerDe.
 */
public final class CsvProperties {

  public static final String SERDE = "org.apache.hadoop.hive.serde2.OpenCSVSerde";
  public static final String SEPARATOR = "separatorChar";
  public static final String QUOTE = "quoteChar";
  public static final String ESCAPE = "escapeChar";

  /** Properties of the table. */
  public static final String HEADER_LINES = "skip.header.line.count";

  public static final String NULLS = "use.null.for.invalid.data";

  /** The escape of {@link Format.Csv}, which has none: the SerDe drops each escape character. */
  public static final String NEVER_THERE = "\uE000";

  private static final String BACKSLASH = "\\";

  private CsvProperties() {}

  /** Whether files are such as {@link Format.Csv} has. */
  public static boolean isPlain(Map<String, String> properties) {
    return NEVER_THERE.equals(properties.get(ESCAPE));
  }

  /**
   * The format that properties of the SerDe and of its table say; empty if they are none.
   *
   * @param headerLines how many lines the table passes over
   */
  public static Optional<Format> format(Map<String, String> properties, int headerLines) {
    String delimiter = properties.getOrDefault(SEPARATOR, ",");
    String quote = properties.getOrDefault(QUOTE, "\"");
    String escape = properties.getOrDefault(ESCAPE, BACKSLASH);
    if (delimiter.length() != 1 || quote.length() != 1 || escape.length() != 1) {
      return Optional.empty();
    }
    if (escape.equals("\"")) {
      // Hive's SerDe takes it for "not told", and reads with a backslash then.
      escape = BACKSLASH;
    }
    try {
      if (isPlain(properties)) {
        return headerLines > 1
            ? Optional.empty()
            : Optional.of(
                new Format.Csv(
                    delimiter.charAt(0),
                    quote.charAt(0),
                    headerLines == 1 ? Format.Header.PRESENT : Format.Header.ABSENT));
      }
      boolean nulls = "true".equalsIgnoreCase(properties.get(NULLS));
      return Optional.of(
          new Format.OpenCsv(
              delimiter.charAt(0),
              quote.charAt(0),
              escape.charAt(0),
              headerLines,
              nulls ? Format.Malformed.NULLS : Format.Malformed.REFUSED));
    } catch (InvalidDefinitionException theSameCharacters) {
      return Optional.empty();
    }
  }

  /** The properties of the SerDe that say a format. */
  public static Map<String, String> of(Format.OpenCsv format) {
    return of(format.delimiter(), format.quote(), String.valueOf(format.escape()));
  }

  /** The properties of the SerDe that say a format. */
  public static Map<String, String> of(Format.Csv format) {
    return of(format.delimiter(), format.quote(), NEVER_THERE);
  }

  private static Map<String, String> of(char delimiter, char quote, String escape) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(SEPARATOR, String.valueOf(delimiter));
    properties.put(QUOTE, String.valueOf(quote));
    properties.put(ESCAPE, escape);
    return properties;
  }

  /** How many lines are passed over at the beginning of each file. */
  public static int headerLines(Format format) {
    if (format instanceof Format.Csv csv) {
      return csv.header() == Format.Header.PRESENT ? 1 : 0;
    } else if (format instanceof Format.OpenCsv csv) {
      return csv.headerLines();
    } else if (format instanceof Format.Delimited delimited) {
      return delimited.headerLines();
    } else if (format instanceof Format.Regex regex) {
      return regex.headerLines();
    }
    return format instanceof Format.Grok grok ? grok.headerLines() : 0;
  }

  /** The properties of a table that say how its text is read. */
  public static Map<String, String> ofTable(Format format) {
    Map<String, String> properties = new LinkedHashMap<>();
    int lines = headerLines(format);
    if (lines > 0) {
      properties.put(HEADER_LINES, String.valueOf(lines));
    }
    if (format instanceof Format.OpenCsv csv && csv.values() == Format.Malformed.NULLS) {
      properties.put(NULLS, "true");
    }
    return properties;
  }
}
