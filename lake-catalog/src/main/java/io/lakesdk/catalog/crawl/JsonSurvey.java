package io.lakesdk.catalog.crawl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.lakesdk.Format;
import io.lakesdk.catalog.ColumnEvidence;
import io.lakesdk.schema.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Looks at JSON files: lines that are an object each, or one array of objects, or one object. A
 * text in quotes counts as a date, timestamp or string; digits in quotes are a string.
 */
final class JsonSurvey implements FormatSurvey {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int DEEPEST = 50;

  private final long sampleBytes;
  private final JsonShape root = new JsonShape();
  private Format format = Format.JSON_LINES;
  private boolean any;
  private long rows;
  private long objects;

  JsonSurvey(long sampleBytes) {
    this.sampleBytes = sampleBytes;
  }

  @Override
  public Format format() {
    return format;
  }

  @Override
  public OptionalLong read(SourceFile file) {
    try (StrictText text = new StrictText(file.open(), file.subject());
        JsonParser parser = JSON.createParser(text)) {
      long before = rows;
      Format found = read(file, text, parser);
      if (any && !found.equals(format)) {
        throw file.unreadable(
            "it is "
                + shown(found)
                + " and the files before it are "
                + shown(format)
                + "; put files of one format into one folder");
      }
      format = found;
      any = true;
      boolean complete = text.bytesTaken() <= sampleBytes;
      return complete ? OptionalLong.of(rows - before) : OptionalLong.empty();
    } catch (JsonProcessingException e) {
      throw file.unreadable(broken(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String shown(Format format) {
    return format.equals(Format.JSON) ? "one JSON document" : "JSON Lines";
  }

  /** The parser's own message may hold a value: only its place is taken. */
  private static String broken(JsonProcessingException e) {
    String line = "line " + (e.getLocation() == null ? 1 : e.getLocation().getLineNr());
    if (e instanceof JsonEOFException) {
      return "it ends in the middle of a value, at " + line + "; land it whole";
    }
    if (e instanceof StreamConstraintsException) {
      return line + " holds a number, text or nesting that is longer than can be read";
    }
    return line + " is not JSON";
  }

  private Format read(SourceFile file, StrictText text, JsonParser parser) throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.START_ARRAY) {
      while (text.bytesTaken() <= sampleBytes && parser.nextToken() != JsonToken.END_ARRAY) {
        row(file, parser);
      }
      if (text.bytesTaken() <= sampleBytes && parser.nextToken() != null) {
        throw file.unreadable(
            "line " + line(parser) + ": more follows after the array; a document is one value");
      }
      return Format.JSON;
    }
    long count = 0;
    int previous = 0;
    boolean lines = true;
    while (token != null && text.bytesTaken() <= sampleBytes) {
      int start = line(parser);
      row(file, parser);
      count++;
      lines &= start == line(parser) && start != previous;
      previous = line(parser);
      if (count > 1 && !lines) {
        throw file.unreadable(
            "around line "
                + start
                + " objects do not stand one a line; write one object a line, or all of them as"
                + " one array");
      }
      token = parser.nextToken();
    }
    return lines ? Format.JSON_LINES : Format.JSON;
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  private void row(SourceFile file, JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw file.unreadable(
          "line " + line(parser) + " is a value that is no object; a row is an object");
    }
    value(root, file, parser, 1);
    rows++;
  }

  private void value(JsonShape shape, SourceFile file, JsonParser parser, int depth)
      throws IOException {
    long line = line(parser);
    if (depth > DEEPEST) {
      throw file.unreadable("line " + line + " nests values more than " + DEEPEST + " deep");
    }
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        shape.addObject(new Spot(file.key(), line));
        long object = ++objects;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          JsonShape field = shape.field(parser.currentName(), object, file, line(parser));
          parser.nextToken();
          value(field, file, parser, depth + 1);
        }
      }
      case START_ARRAY -> {
        JsonShape element = shape.addArray(new Spot(file.key(), line));
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          value(element, file, parser, depth + 1);
        }
      }
      case VALUE_TRUE, VALUE_FALSE -> shape.scalars().add(TextKind.BOOLEAN, 0, file.key(), line);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          shape.scalars().add(parser.getText(), file.key(), line);
      case VALUE_STRING -> {
        String text = parser.getText();
        shape.scalars().add(quoted(text), text.length(), file.key(), line);
      }
      default -> {
        // null
      }
    }
  }

  private static TextKind quoted(String text) {
    TextKind kind = text.isEmpty() ? TextKind.WORD : TextKind.of(text);
    return switch (kind) {
      case DATE, TIMESTAMP, NO_SUCH_DATE, WITH_OFFSET -> kind;
      default -> TextKind.WORD;
    };
  }

  @Override
  public List<ColumnEvidence> columns() {
    List<ColumnEvidence> columns = new ArrayList<>();
    root.fields()
        .forEach(
            (name, shape) ->
                columns.add(
                    new ColumnEvidence(
                        Column.of(name, shape.type()),
                        rows,
                        shape.values(),
                        shape.scalars().shortest(),
                        shape.scalars().longest(),
                        shape.reason())));
    return columns;
  }
}
