package io.lakesdk.query.sql.function.library;

import io.lakesdk.query.sql.function.Arguments;
import io.lakesdk.query.sql.function.BadArgument;
import io.lakesdk.query.sql.function.FunctionTable;
import io.lakesdk.query.sql.function.Renderer;
import io.lakesdk.query.sql.render.Raise;
import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.render.Template;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.render.UnsupportedCall;
import io.lakesdk.query.sql.type.SqlType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Functions of text and bytes. */
final class StringFunctions {

  private static final SqlType TEXT = new SqlType.Varchar(Optional.empty());

  private static final long MOST_PADDED = 100_000_000;

  /** What Trino takes for white space: Java's white space. */
  private static final String WHITE_SPACE =
      Sql.text(
          "\t\n\u000B\f\r\u001C\u001D\u001E\u001F \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
              + "\u2008\u2009\u200A\u2028\u2029\u205F\u3000");

  private static final Template SUBSTRING =
      Template.of(
          "CASE WHEN {0} IS NULL OR {1} IS NULL THEN NULL WHEN {1} = 0 OR {1} < -length({0})"
              + " THEN '' ELSE substring({0}, {1}) END");
  private static final Template SUBSTRING_OF_LENGTH =
      Template.of(
          "CASE WHEN {0} IS NULL OR {1} IS NULL OR {2} IS NULL THEN NULL WHEN {2} <= 0 OR {1} = 0"
              + " OR {1} < -length({0}) THEN '' ELSE substring({0}, {1}, {2}) END");
  private static final Template PLAIN_SUBSTRING = Template.of("substring({*})");

  private StringFunctions() {}

  static FunctionTable table() {
    FunctionTable table = new FunctionTable();
    slicing(table);
    fixedLength(table);
    trimming(table);
    bytes(table);
    return table
        .scalar("lower(varchar(x)) varchar(x)", "lower({0})")
        .scalar(
            "upper(varchar(x)) varchar(x)",
            "CASE WHEN contains({0}, 'ß') THEN array_to_string(list_transform(string_split({0},"
                + " 'ß'), lambda e: upper(e)), 'ß') ELSE upper({0}) END")
        .scalar("length(varchar(x)) bigint", "length({0})")
        .scalar("length(char(x)) bigint", "length({0})")
        .scalar(
            "reverse(varchar(x)) varchar(x)",
            "array_to_string(list_reverse(regexp_extract_all({0}, '(?s).')), '')")
        .scalar("concat(varchar...) varchar", StringFunctions::concat)
        .scalar(
            "concat(char(x), char(y)) char(x)",
            (arguments, result) ->
                Typed.of(
                    "(" + joined(arguments, " || ") + ")",
                    new SqlType.Char(
                        ((SqlType.Char) arguments.get(0).type()).length()
                            + ((SqlType.Char) arguments.get(1).type()).length()),
                    arguments))
        .scalar(
            "concat_ws(varchar, varchar...) varchar",
            (arguments, result) ->
                Typed.of("concat_ws(" + joined(arguments, ", ") + ")", result, arguments))
        .scalar("replace(varchar(x), varchar(y)) varchar(x)", StringFunctions::replace)
        .scalar(
            "replace(varchar(x), varchar(y), varchar(z)) varchar",
            (arguments, result) ->
                replace(arguments, Lengths.of(arguments, l -> l[0] + l[2] * (l[0] + 1))))
        .scalar("translate(varchar, varchar, varchar) varchar", "translate({0}, {1}, {2})")
        .scalar("starts_with(varchar, varchar) boolean", "starts_with({0}, {1})")
        .scalar("ends_with(varchar, varchar) boolean", "ends_with({0}, {1})")
        .scalar("strpos(varchar, varchar) bigint", "strpos({0}, {1})")
        .scalar("chr(bigint) varchar(1)", "chr(CAST({0} AS INTEGER))")
        .scalar("codepoint(varchar(1)) integer", "unicode({0})")
        .java(
            "normalize(varchar, varchar) varchar",
            arguments ->
                Normalizer.normalize(arguments.text(0), Normalizer.Form.valueOf(arguments.text(1))))
        .java(
            "strpos(varchar, varchar, bigint) bigint",
            arguments -> position(arguments.text(0), arguments.text(1), arguments.whole(2)))
        .java("concat_ws(varchar, array(varchar)) varchar", StringFunctions::joinedArray)
        .scalar("uuid() uuid", "uuid()")
        .scalar("current_timezone() varchar", "'UTC'");
  }

  private static void slicing(FunctionTable table) {
    for (String name : List.of("substr", "substring")) {
      table
          .scalar(
              name + "(varchar(x), bigint) varchar(x)",
              (arguments, result) ->
                  (positive(arguments.get(1)) ? PLAIN_SUBSTRING : SUBSTRING)
                      .fill(arguments, result))
          .scalar(
              name + "(varchar(x), bigint, bigint) varchar(x)",
              (arguments, result) ->
                  (positive(arguments.get(1)) && positive(arguments.get(2))
                          ? PLAIN_SUBSTRING
                          : SUBSTRING_OF_LENGTH)
                      .fill(arguments, result));
    }
    String parts = "CASE WHEN {0} = '' THEN [''] ELSE string_split({0}, {1}) END";
    table
        .scalar("split(varchar(x), varchar) array(varchar(x))", nonEmpty(1, parts))
        .java(
            "split(varchar(x), varchar, bigint) array(varchar(x))",
            arguments -> split(arguments.text(0), arguments.text(1), arguments.whole(2)))
        .scalar(
            "split_part(varchar(x), varchar, bigint) varchar(x)",
            nonEmpty(
                1,
                "CASE WHEN {2} <= 0 THEN "
                    + Raise.SPLIT_INDEX.sql(TEXT)
                    + " ELSE ("
                    + parts
                    + ")[{2}] END"));
    for (String name : List.of("lpad", "rpad")) {
      table.scalar(
          name + "(varchar, bigint, varchar) varchar",
          "CASE WHEN {1} < 0 THEN "
              + Raise.PAD_SIZE.sql(TEXT)
              + " WHEN {2} = '' THEN "
              + Raise.EMPTY_PADDING.sql(TEXT)
              + " ELSE "
              + name
              + "({0}, CAST({1} AS INTEGER), {2}) END");
    }
  }

  /** Of text of a fixed length, which has its spaces at the end here too. */
  private static void fixedLength(FunctionTable table) {
    table
        .scalar("lower(char(x)) char(x)", "lower({0})")
        .scalar("upper(char(x)) char(x)", "upper({0})")
        .java(
            "reverse(char(x)) char(x)",
            arguments -> new StringBuilder(arguments.text(0)).reverse().toString());
    for (String name : List.of("trim", "ltrim", "rtrim")) {
      table
          .scalar(
              name + "(char(x)) varchar",
              Lengths.ofFirst(name + "(rtrim({0}, ' '), " + WHITE_SPACE + ")"))
          .scalar(
              name + "(char(x), varchar) varchar",
              Lengths.ofFirst("rtrim(" + name + "({0}, {1}), ' ')"));
    }
    for (String name : List.of("substr", "substring")) {
      table
          .scalar(name + "(char(x), bigint) varchar", Lengths.ofFirst(SUBSTRING::fill))
          .scalar(
              name + "(char(x), bigint, bigint) varchar",
              Lengths.ofFirst(SUBSTRING_OF_LENGTH::fill));
    }
    table
        .java(
            "substr(varbinary, bigint) varbinary",
            arguments -> slice(arguments.bytes(0), arguments.whole(1), Integer.MAX_VALUE))
        .java(
            "substr(varbinary, bigint, bigint) varbinary",
            arguments -> slice(arguments.bytes(0), arguments.whole(1), arguments.whole(2)));
  }

  /** So many bytes from one on, counted from 1, or from the end if it is negative. */
  private static byte[] slice(byte[] bytes, long start, long length) {
    long from = start > 0 ? start - 1 : bytes.length + start;
    if (start == 0 || length <= 0 || from < 0 || from >= bytes.length) {
      return new byte[0];
    }
    long to = Math.min(bytes.length, from + Math.min(length, bytes.length));
    return Arrays.copyOfRange(bytes, (int) from, (int) to);
  }

  private static void trimming(FunctionTable table) {
    for (String name : List.of("trim", "ltrim", "rtrim")) {
      table
          .scalar(name + "(varchar(x)) varchar(x)", name + "({0}, " + WHITE_SPACE + ")")
          .scalar(name + "(varchar(x), varchar) varchar(x)", name + "({0}, {1})");
    }
  }

  private static void bytes(FunctionTable table) {
    table
        .scalar("length(varbinary) bigint", "octet_length({0})")
        .java("lpad(varbinary, bigint, varbinary) varbinary", arguments -> padded(arguments, true))
        .java("rpad(varbinary, bigint, varbinary) varbinary", arguments -> padded(arguments, false))
        .java(
            "from_utf8(varbinary, varchar) varchar",
            arguments -> decoded(arguments.bytes(0), arguments.text(1)))
        .java(
            "from_utf8(varbinary, bigint) varchar",
            arguments -> {
              long replacement = arguments.whole(1);
              if (replacement < 0
                  || replacement > Character.MAX_CODE_POINT
                  || Character.getType((int) replacement) == Character.SURROGATE) {
                throw new BadArgument("Invalid replacement character");
              }
              return decoded(arguments.bytes(0), Character.toString((int) replacement));
            })
        .java(
            "reverse(varbinary) varbinary",
            arguments -> {
              byte[] bytes = arguments.bytes(0);
              byte[] reversed = new byte[bytes.length];
              for (int i = 0; i < bytes.length; i++) {
                reversed[i] = bytes[bytes.length - 1 - i];
              }
              return reversed;
            })
        .scalar("to_utf8(varchar) varbinary", "encode({0})")
        .java(
            "from_utf8(varbinary) varchar",
            arguments -> new String(arguments.bytes(0), StandardCharsets.UTF_8))
        .scalar("concat(varbinary...) varbinary", StringFunctions::concat);
  }

  /** Bytes of a length, with others repeated before or after them, or cut at the end. */
  private static byte[] padded(Arguments arguments, boolean before) {
    byte[] bytes = arguments.bytes(0);
    byte[] padding = arguments.bytes(2);
    long length = arguments.whole(1);
    if (length < 0 || length > MOST_PADDED) {
      throw new BadArgument(Raise.PAD_SIZE.reason());
    }
    if (padding.length == 0) {
      throw new BadArgument("Padding bytes must not be empty");
    }
    byte[] all = Arrays.copyOf(bytes, (int) length);
    int missing = Math.max(0, all.length - bytes.length);
    int start = before ? 0 : all.length - missing;
    if (before && missing > 0) {
      System.arraycopy(bytes, 0, all, missing, bytes.length);
    }
    for (int i = 0; i < missing; i++) {
      all[start + i] = padding[i % padding.length];
    }
    return all;
  }

  /** UTF-8 in which what is wrong is replaced. */
  private static String decoded(byte[] bytes, String replacement) {
    if (replacement.codePointCount(0, replacement.length()) > 1) {
      throw new BadArgument("Replacement character string must empty or a single character");
    }
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .replaceWith("\uFFFD");
    try {
      String text = decoder.decode(ByteBuffer.wrap(bytes)).toString();
      return text.replace("\uFFFD", replacement);
    } catch (CharacterCodingException e) {
      throw new BadArgument("Invalid UTF-8 encoding");
    }
  }

  /** Where one text stands in another for the nth time, from the end if n is negative, or 0. */
  private static long position(String text, String wanted, long instance) {
    if (instance == 0) {
      throw new BadArgument(Raise.STRPOS_INSTANCE.reason());
    }
    if (wanted.isEmpty()) {
      return 1;
    }
    int at = instance > 0 ? -1 : text.length();
    for (long i = 0; i < Math.abs(instance); i++) {
      at = instance > 0 ? text.indexOf(wanted, at + 1) : text.lastIndexOf(wanted, at - 1);
      if (at < 0) {
        return 0;
      }
    }
    return 1L + text.codePointCount(0, at);
  }

  private static String joinedArray(Arguments arguments) {
    return arguments.list(1).stream()
        .filter(Objects::nonNull)
        .map(Object::toString)
        .collect(Collectors.joining(arguments.text(0)));
  }

  private static List<String> split(String text, String delimiter, long limit) {
    if (delimiter.isEmpty()) {
      throw new BadArgument(Raise.EMPTY_DELIMITER.reason());
    }
    if (limit < 1) {
      throw new BadArgument(Raise.SPLIT_LIMIT.reason());
    }
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf(delimiter); end >= 0 && parts.size() < limit - 1; ) {
      parts.add(text.substring(start, end));
      start = end + delimiter.length();
      end = text.indexOf(delimiter, start);
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static boolean positive(Typed argument) {
    return argument.number().filter(number -> number > 0).isPresent();
  }

  private static Renderer nonEmpty(int argument, String pattern) {
    Template known = Template.of(pattern);
    Template guarded =
        Template.of(
            "CASE WHEN {"
                + argument
                + "} = '' THEN "
                + Raise.EMPTY_DELIMITER.sql(SqlType.Simple.BOOLEAN)
                + " ELSE {"
                + argument
                + "} IS NOT NULL END");
    return (arguments, result) -> {
      Optional<String> delimiter = arguments.get(argument).text();
      if (delimiter.isPresent()) {
        if (delimiter.get().isEmpty()) {
          throw new UnsupportedCall(Raise.EMPTY_DELIMITER.reason());
        }
        return known.fill(arguments, result);
      }
      Typed check = guarded.fill(arguments, SqlType.Simple.BOOLEAN);
      Typed value = known.fill(arguments, result);
      return Typed.of(
          "CASE WHEN " + check.sql() + " THEN " + value.sql() + " END", result, check, value);
    };
  }

  private static Typed replace(List<Typed> arguments, SqlType result) {
    if (arguments.get(1).text().filter(String::isEmpty).isPresent()) {
      throw new UnsupportedCall("replace of an empty string is not supported");
    }
    String with = arguments.size() > 2 ? "{2}" : "''";
    return Template.of(
            "CASE WHEN {1} = '' THEN "
                + Raise.EMPTY_DELIMITER.sql(result)
                + " ELSE replace({0}, {1}, "
                + with
                + ") END")
        .fill(arguments, result);
  }

  private static Typed concat(List<Typed> arguments, SqlType result) {
    if (arguments.size() < 2) {
      throw new UnsupportedCall("There must be two or more concatenation arguments");
    }
    return Typed.of("(" + joined(arguments, " || ") + ")", result, arguments);
  }

  private static String joined(List<Typed> arguments, String between) {
    return arguments.stream().map(Typed::sql).collect(Collectors.joining(between));
  }
}
