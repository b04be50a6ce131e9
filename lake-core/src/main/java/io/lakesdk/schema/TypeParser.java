package io.lakesdk.schema;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Reads Hive's notation of a type; recursive descent with bounded depth. */
final class TypeParser {

  static final int MAX_DEPTH = 64;

  private static final int SHOWN = 200;

  private static final Map<String, DataType> SIMPLE = new HashMap<>();

  /** What to write instead of the names that other systems use. */
  private static final Map<String, String> INSTEAD = new HashMap<>();

  static {
    for (Primitive type : Primitive.values()) {
      SIMPLE.put(type.toString(), type);
    }
    SIMPLE.put("integer", Primitive.INT);
    instead("boolean", "bool", "bit");
    instead("tinyint", "byte", "int8");
    instead("smallint", "short", "int16", "int2");
    instead("int", "int32", "int4", "mediumint");
    instead("bigint", "long", "int64");
    instead("float", "real", "float4", "float32");
    instead("double", "float8", "float64");
    instead("decimal(p,s)", "numeric", "number", "dec", "money", "bigdecimal");
    instead("decimal(38,0)", "biginteger", "hugeint");
    instead("string", "text", "clob", "nvarchar", "str", "uuid", "json", "enum", "time");
    instead("varchar(n)", "varchar2");
    instead("char(n)", "character", "nchar");
    instead("binary", "varbinary", "bytes", "blob", "bytea");
    instead("timestamp", "datetime", "timestamptz", "timestamp_ntz", "instant");
    instead("array<type>", "list", "set");
    instead("struct<name:type>", "row", "record");
  }

  private final String text;
  private int at;

  TypeParser(String text) {
    this.text = text;
  }

  DataType parse() {
    DataType type = type(1);
    skipSpaces();
    if (at < text.length()) {
      throw fail(at, "nothing may follow the type, but " + shownAt(at) + " does");
    }
    return type;
  }

  private DataType type(int depth) {
    skipSpaces();
    int start = at;
    if (depth > MAX_DEPTH) {
      throw fail(start, "types nest at most " + MAX_DEPTH + " deep");
    }
    while (at < text.length() && isWordPart(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw fail(start, "a type is expected, not " + shownAt(start));
    }
    String word = text.substring(start, at).toLowerCase(Locale.ROOT);
    return switch (word) {
      case "array" -> array(start, depth);
      case "map" -> map(start, depth);
      case "struct" -> struct(start, depth);
      case "decimal" -> decimal(start);
      case "varchar" -> varchar(start);
      case "char" -> character(start);
      default -> simple(start, word);
    };
  }

  private DataType simple(int start, String word) {
    DataType type = SIMPLE.get(word);
    if (type != null) {
      return type;
    }
    String instead = INSTEAD.get(word);
    throw fail(
        start,
        shorten(word)
            + " is no type of Athena's tables"
            + (instead == null ? "" : "; use " + instead));
  }

  private ArrayType array(int start, int depth) {
    expect('<', "array");
    DataType element = type(depth + 1);
    expect('>', "the element type");
    return defined(start, () -> new ArrayType(element));
  }

  private MapType map(int start, int depth) {
    expect('<', "map");
    DataType key = type(depth + 1);
    expect(',', "the key type");
    DataType value = type(depth + 1);
    expect('>', "the value type");
    return defined(start, () -> new MapType(key, value));
  }

  private StructType struct(int start, int depth) {
    expect('<', "struct");
    List<StructType.Field> fields = new ArrayList<>();
    do {
      skipSpaces();
      int nameStart = at;
      String name = fieldName();
      expect(':', "the field name");
      DataType type = type(depth + 1);
      fields.add(defined(nameStart, () -> new StructType.Field(name, type)));
    } while (accept(','));
    expect('>', "the field type");
    return defined(start, () -> new StructType(fields));
  }

  /** In backticks anything; otherwise what stands before the colon, as Glue's crawlers write it. */
  private String fieldName() {
    int start = at;
    if (accept('`')) {
      StringBuilder name = new StringBuilder();
      while (true) {
        int end = text.indexOf('`', at);
        if (end < 0) {
          throw fail(start, "the backtick is not closed");
        }
        name.append(text, at, end);
        at = end + 1;
        if (at < text.length() && text.charAt(at) == '`') {
          name.append('`');
          at++;
        } else {
          return name.toString();
        }
      }
    }
    while (at < text.length() && ":,<>`()".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String name = text.substring(start, at).strip();
    if (name.isEmpty()) {
      throw fail(start, "a field name is expected, not " + shownAt(start));
    }
    return name;
  }

  private DataType decimal(int start) {
    if (!accept('(')) {
      return new DecimalType(10, 0);
    }
    int precision = number();
    int scale = accept(',') ? number() : 0;
    expect(')', "the number");
    return defined(start, () -> new DecimalType(precision, scale));
  }

  private DataType varchar(int start) {
    int length = length("varchar");
    return defined(start, () -> new VarcharType(length));
  }

  private DataType character(int start) {
    int length = length("char");
    return defined(start, () -> new CharType(length));
  }

  private int length(String word) {
    if (!accept('(')) {
      throw fail(at, word + " needs a length, as in " + word + "(20); use string for any length");
    }
    int length = number();
    expect(')', "the number");
    return length;
  }

  private int number() {
    skipSpaces();
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw fail(start, "a number is expected, not " + shownAt(start));
    }
    if (at - start > 9) {
      throw fail(start, "the number is too large");
    }
    return Integer.parseInt(text.substring(start, at));
  }

  private boolean accept(char wanted) {
    skipSpaces();
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char wanted, String after) {
    if (!accept(wanted)) {
      throw fail(at, "'" + wanted + "' is expected after " + after + ", not " + shownAt(at));
    }
  }

  private void skipSpaces() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private String shownAt(int position) {
    if (position >= text.length()) {
      return "the end";
    }
    return "'" + ColumnNames.shown(Character.toString(text.codePointAt(position))) + "'";
  }

  private InvalidDefinitionException fail(int position, String reason) {
    Subject subject = Subject.of(Subject.Kind.TYPE, ColumnNames.shown(shorten(text)));
    return new InvalidDefinitionException(
        "parse", subject, "at position " + (position + 1) + ": " + reason);
  }

  /** What the type itself refuses is reported at the place where it stands in the text. */
  private <T> T defined(int start, Supplier<T> type) {
    try {
      return type.get();
    } catch (InvalidDefinitionException e) {
      Subject subject = Subject.of(Subject.Kind.TYPE, ColumnNames.shown(shorten(text)));
      throw new InvalidDefinitionException(
          "parse", subject, "at position " + (start + 1) + ": " + e.getMessage(), e);
    }
  }

  /** A field name as the parser reads it back. */
  static String quoted(String name) {
    boolean plain = name.chars().allMatch(c -> isWordPart((char) c) || c == '.' || c == '$');
    return plain ? name : "`" + name.replace("`", "``") + "`";
  }

  static InvalidDefinitionException undefined(String type, String reason) {
    return new InvalidDefinitionException(
        "define", Subject.of(Subject.Kind.TYPE, shorten(type)), reason);
  }

  /** Refuses a type around {@code inner} that would be deeper than the parser reads. */
  static void checkDepth(String outer, DataType inner) {
    if (depth(inner) >= MAX_DEPTH) {
      throw undefined(outer, "types nest at most " + MAX_DEPTH + " deep");
    }
  }

  private static int depth(DataType type) {
    if (type instanceof ArrayType array) {
      return 1 + depth(array.element());
    }
    if (type instanceof MapType map) {
      return 1 + depth(map.value());
    }
    if (type instanceof StructType struct) {
      return 1 + struct.fields().stream().mapToInt(f -> depth(f.type())).max().orElse(0);
    }
    return 1;
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private static String shorten(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }

  private static void instead(String use, String... names) {
    for (String name : names) {
      INSTEAD.put(name, use);
    }
  }
}
