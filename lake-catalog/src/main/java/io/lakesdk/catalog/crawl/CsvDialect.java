package io.lakesdk.catalog.crawl;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.lakesdk.Format;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Guesses how a text is delimited from its beginning. The delimiter is the one of comma, tab,
 * semicolon and bar with which most records have the same number of fields, more than one; among
 * equals the one that makes more fields, and the comma last, since numbers may hold it. Without any
 * the text is one column. The quote is the double one, unless a column's values all stand in single
 * ones. The first record is a header if its fields look like names, no two alike, and no column
 * holds its field again as a value.
 */
final class CsvDialect {

  private static final char[] DELIMITERS = {'\t', ';', '|', ','};
  private static final int MOST_RECORDS = 1000;
  private static final double FIELD_BONUS = 1e-9;
  private static final Pattern NAME = Pattern.compile("[\\p{L}_#$][^\\p{Cntrl}]{0,99}");
  private static final Set<TextKind> NOT_NAMES = EnumSet.complementOf(EnumSet.of(TextKind.WORD));

  private CsvDialect() {}

  /** {@code complete} says whether the sample is the whole text. */
  static Format.Csv of(String sample, boolean complete) {
    String whole = complete ? sample : sample.substring(0, sample.lastIndexOf('\n') + 1);
    char delimiter = ',';
    double best = 0;
    List<String[]> records = records(whole, ',', '"');
    for (char candidate : DELIMITERS) {
      List<String[]> cut = records(whole, candidate, '"');
      double score = agreement(cut);
      if (score > best) {
        best = score;
        delimiter = candidate;
        records = cut;
      }
    }
    char quote = isSingleQuoted(records) ? '\'' : '"';
    if (quote == '\'') {
      records = records(whole, delimiter, quote);
    }
    Format.Header header = hasHeader(records) ? Format.Header.PRESENT : Format.Header.ABSENT;
    return new Format.Csv(delimiter, quote, header);
  }

  static CsvReader.CsvReaderBuilder reader(char delimiter, char quote) {
    return CsvReader.builder()
        .fieldSeparator(delimiter)
        .quoteCharacter(quote)
        .skipEmptyLines(true)
        .allowUnclosedQuote(false)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
  }

  /** As many records as can be cut before something is wrong. */
  private static List<String[]> records(String text, char delimiter, char quote) {
    List<String[]> records = new ArrayList<>();
    try (var iterator = reader(delimiter, quote).ofCsvRecord(text).iterator()) {
      while (records.size() < MOST_RECORDS && iterator.hasNext()) {
        CsvRecord record = iterator.next();
        records.add(record.getFields().toArray(new String[0]));
      }
    } catch (RuntimeException | java.io.IOException wrong) {
      return records;
    }
    return records;
  }

  /**
   * The share of records that have the most frequent number of fields, and a little for each field;
   * 0 if that number is one.
   */
  private static double agreement(List<String[]> records) {
    Map<Integer, Integer> widths = new HashMap<>();
    records.forEach(record -> widths.merge(record.length, 1, Integer::sum));
    int width = 1;
    int most = 0;
    for (Map.Entry<Integer, Integer> entry : widths.entrySet()) {
      if (entry.getValue() > most) {
        width = entry.getKey();
        most = entry.getValue();
      }
    }
    return width == 1 ? 0 : (double) most / records.size() + width * FIELD_BONUS;
  }

  private static boolean isSingleQuoted(List<String[]> records) {
    Map<Integer, Integer> quoted = new HashMap<>();
    Map<Integer, Integer> filled = new HashMap<>();
    for (String[] record : records) {
      for (int i = 0; i < record.length; i++) {
        String field = record[i];
        if (!field.isEmpty()) {
          filled.merge(i, 1, Integer::sum);
          if (field.length() > 1 && field.startsWith("'") && field.endsWith("'")) {
            quoted.merge(i, 1, Integer::sum);
          }
        }
      }
    }
    return quoted.entrySet().stream()
        .anyMatch(
            column ->
                column.getValue() > 1 && column.getValue().equals(filled.get(column.getKey())));
  }

  private static boolean hasHeader(List<String[]> records) {
    if (records.isEmpty()) {
      return false;
    }
    String[] first = records.get(0);
    Set<String> names = new HashSet<>();
    int named = 0;
    for (String field : first) {
      String name = field.strip();
      if (name.isEmpty()) {
        continue;
      }
      if (NOT_NAMES.contains(TextKind.of(name)) || !NAME.matcher(name).matches()) {
        return false;
      }
      if (!names.add(name)) {
        return false;
      }
      named++;
    }
    return named > 0 && records.stream().skip(1).noneMatch(record -> repeats(first, record));
  }

  /** Whether a record holds what the first one holds at the same place, in any column. */
  private static boolean repeats(String[] first, String[] record) {
    for (int i = 0; i < Math.min(first.length, record.length); i++) {
      if (!first[i].isEmpty() && first[i].equals(record[i])) {
        return true;
      }
    }
    return false;
  }
}
