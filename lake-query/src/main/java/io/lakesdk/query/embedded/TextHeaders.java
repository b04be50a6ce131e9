package io.lakesdk.query.embedded;

import io.lakesdk.Format;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.duckdb.SqlText;
import io.lakesdk.query.embedded.Duck.FileFacts.FileColumn;
import io.lakesdk.query.embedded.Duck.FileFacts.Fineness;
import io.lakesdk.storage.ObjectRef;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads which columns CSV and JSON files have. */
final class TextHeaders {

  /** What is said of text that has a NUL in it. */
  static final String NUL =
      "holds a NUL byte, so the file is no text, or in another encoding than UTF-8; convert it and"
          + " land it again";

  private static final int LONGEST_HEADER = 1 << 21;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Duck duck;
  private final Plan plan;

  TextHeaders(Duck duck, Plan plan) {
    this.duck = duck;
    this.plan = plan;
  }

  /**
   * The values in the first line of a CSV file, lower-case, which are names where it has a header;
   * empty for an empty file.
   */
  List<String> csv(Plan.TextFile text, Format.Csv format) {
    ObjectRef file = text.object();
    try (Reader reader = open(text)) {
      List<String> names = new ArrayList<>();
      StringBuilder name = new StringBuilder();
      boolean quoted = false;
      int read = 0;
      int c = reader.read();
      if (c < 0) {
        return names;
      }
      if (c == BYTE_ORDER_MARK) {
        c = reader.read();
      }
      for (; c >= 0 && (quoted || (c != '\n' && c != '\r')); c = reader.read()) {
        if (++read > LONGEST_HEADER) {
          throw bad(file, "its first line does not end");
        }
        if (c == 0) {
          throw bad(file, "its first line " + NUL);
        }
        if (c == format.quote()) {
          quoted = !quoted;
        } else if (c == format.delimiter() && !quoted) {
          names.add(folded(name));
          name.setLength(0);
        } else {
          name.append((char) c);
        }
      }
      names.add(folded(name));
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String folded(StringBuilder name) {
    return name.toString().strip().toLowerCase(Locale.ROOT);
  }

  /** Whether a JSON file is one array, rather than one object after another. */
  boolean isArray(Plan.TextFile text) {
    try (Reader reader = open(text)) {
      int c = reader.read();
      while (c >= 0 && (c == BYTE_ORDER_MARK || Character.isWhitespace(c))) {
        c = reader.read();
      }
      return c == '[';
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The keys that the objects of a JSON file have, by lower-case name. Reads all of it, once. */
  Map<String, FileColumn> json(Plan.TextFile text, String options) {
    ObjectRef ref = text.object();
    return duck.facts().columns(ref).orElseGet(() -> learn(ref, text.path(), options));
  }

  /** How the objects inside of a column are spelled in a file, as DuckDB shows it. */
  String shape(Plan.TextFile text, FileColumn column, String options) {
    if (!column.type().isEmpty()) {
      return column.type();
    }
    String key = SqlText.literal(column.name());
    String sql =
        "SELECT CAST(json_group_structure("
            + SqlText.name(column.name())
            + ") AS VARCHAR) FROM read_json("
            + SqlText.literal(text.path().toString())
            + ", records = true, columns = {"
            + key
            + ": 'JSON'}"
            + options
            + ")";
    String known = duck.ask(plan, sql, TextHeaders::shape);
    Map<String, FileColumn> keys = new LinkedHashMap<>(json(text, options));
    keys.put(
        column.name().toLowerCase(Locale.ROOT),
        new FileColumn(column.name(), column.position(), known, column.fineness()));
    duck.facts().learned(text.object(), keys);
    return known;
  }

  private static String shape(ResultSet rows) throws SQLException {
    String shape = rows.next() ? rows.getString(1) : null;
    return shape == null ? "\"NULL\"" : shape;
  }

  private Map<String, FileColumn> learn(ObjectRef ref, Path path, String options) {
    String sql =
        "SELECT DISTINCT unnest(json_keys(json)) AS k FROM read_json_objects("
            + SqlText.literal(path.toString())
            + options
            + ") WHERE json_type(json) = 'OBJECT' ORDER BY k";
    Map<String, FileColumn> keys = duck.ask(plan, sql, rows -> keys(ref, rows));
    duck.facts().learned(ref, keys);
    return keys;
  }

  private static Map<String, FileColumn> keys(ObjectRef ref, ResultSet rows) throws SQLException {
    Map<String, FileColumn> keys = new LinkedHashMap<>();
    while (rows.next()) {
      String key = rows.getString(1);
      FileColumn column = new FileColumn(key, keys.size(), "", Fineness.MILLISECONDS_OR_NONE);
      if (keys.put(key.toLowerCase(Locale.ROOT), column) != null) {
        throw bad(
            ref,
            "its objects have keys named "
                + key.toLowerCase(Locale.ROOT)
                + " that differ only in case; Athena does not tell them apart");
      }
    }
    return keys;
  }

  private static Reader open(Plan.TextFile text) throws IOException {
    InputStream plain = text.compression().open(text.object(), text.path());
    return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
  }

  private static BadDataException bad(ObjectRef file, String reason) {
    return new BadDataException("read", Subject.object(file.zone(), file.key()), reason);
  }
}
