package io.lakesdk.catalog.crawl;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.lakesdk.Format;
import io.lakesdk.catalog.ColumnEvidence;
import io.lakesdk.schema.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks at CSV files. All files of a table have the dialect and the columns of the first. */
final class CsvSurvey implements FormatSurvey {

  private static final Pattern RECORD_LINE =
      Pattern.compile("\\(record starting at line (\\d+)\\)$");

  private final Format.Csv format;
  private final long sampleBytes;
  private final List<Profile> profiles = new ArrayList<>();
  private List<String> names = List.of();
  private @Nullable SourceFile first;
  private long rows;

  CsvSurvey(Format.Csv format, long sampleBytes) {
    this.format = format;
    this.sampleBytes = sampleBytes;
  }

  @Override
  public Format format() {
    return format;
  }

  @Override
  public OptionalLong read(SourceFile file) {
    try (StrictText text = new StrictText(file.open(), file.subject());
        CsvReader<CsvRecord> reader =
            CsvDialect.reader(format.delimiter(), format.quote()).ofCsvRecord(text)) {
      Iterator<CsvRecord> records = reader.iterator();
      long before = rows;
      boolean header = format.header() == Format.Header.PRESENT;
      while (text.bytesTaken() <= sampleBytes && records.hasNext()) {
        CsvRecord next = records.next();
        if (header || profiles.isEmpty()) {
          start(file, next);
        }
        if (!header) {
          add(file, next);
        }
        header = false;
      }
      boolean complete = text.bytesTaken() <= sampleBytes;
      return complete ? OptionalLong.of(rows - before) : OptionalLong.empty();
    } catch (CsvParseException | UncheckedIOException e) {
      throw cause(e).orElseGet(() -> misquoted(file, e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The library's message ends with the line, and may hold a value: only the line is taken. */
  private static Unreadable misquoted(SourceFile file, RuntimeException e) {
    Matcher line = RECORD_LINE.matcher(String.valueOf(e.getMessage()));
    return file.unreadable(
        "a quoted value"
            + (line.find() ? " of the record that starts at line " + line.group(1) : "")
            + " is not closed, or text follows its closing quote");
  }

  private static Optional<Unreadable> cause(Throwable e) {
    Throwable at = e;
    while (at != null && !(at instanceof Unreadable)) {
      at = at.getCause();
    }
    return Optional.ofNullable((Unreadable) at);
  }

  /** Takes the columns from the first record of the first file, and compares those of others. */
  private void start(SourceFile file, CsvRecord record) {
    List<String> found =
        format.header() == Format.Header.PRESENT
            ? names(file, record.getFields())
            : numbered(record.getFieldCount());
    if (first == null) {
      first = file;
      names = found;
      found.forEach(name -> profiles.add(new Profile()));
    } else if (!names.equals(found)) {
      throw file.unreadable(
          "its header is not that of "
              + first.key()
              + "; files with other columns, or with the same in another order, belong into"
              + " another folder");
    }
  }

  private static List<String> numbered(int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add("col" + i);
    }
    return names;
  }

  private static List<String> names(SourceFile file, List<String> fields) {
    List<String> names = new ArrayList<>();
    Map<String, String> known = new HashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      String given = fields.get(i).strip();
      String name = Names.column(given.isEmpty() ? "col" + i : given, file);
      String other = known.putIfAbsent(name, given);
      if (other != null) {
        throw file.unreadable(
            "its header has the columns "
                + other
                + " and "
                + given
                + ", which are the same to Athena; rename one");
      }
      names.add(name);
    }
    return names;
  }

  private void add(SourceFile file, CsvRecord record) {
    long line = record.getStartingLineNumber();
    if (record.getFieldCount() != profiles.size()) {
      throw file.unreadable(
          "line "
              + line
              + " has "
              + record.getFieldCount()
              + " values where there are "
              + profiles.size()
              + " columns; quote values that hold the delimiter "
              + shown(format.delimiter()));
    }
    for (int i = 0; i < profiles.size(); i++) {
      String value = record.getField(i);
      if (!value.isEmpty()) {
        profiles.get(i).add(value, file.key(), line);
      }
    }
    rows++;
  }

  private static String shown(char delimiter) {
    return delimiter == '\t' ? "tab" : String.valueOf(delimiter);
  }

  @Override
  public List<ColumnEvidence> columns() {
    List<ColumnEvidence> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Profile profile = profiles.get(i);
      columns.add(
          new ColumnEvidence(
              Column.of(names.get(i), profile.type()),
              rows,
              profile.values(),
              profile.shortest(),
              profile.longest(),
              profile.reason()));
    }
    return columns;
  }
}
