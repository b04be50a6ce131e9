package io.lakesdk.query.files.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lakesdk.query.files.FileColumns;
import io.lakesdk.query.files.RowFormat;
import io.lakesdk.query.files.RowScan;
import io.lakesdk.query.files.compression.TextCompression;
import io.lakesdk.schema.Column;
import io.lakesdk.storage.ObjectRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the logs of CloudTrail: objects of JSON whose {@code Records} are the rows, one after
 * another. Columns are found by key whatever its case. Source: "Query AWS CloudTrail logs" in the
 * Athena User Guide.
 */
public final class CloudTrailFormat implements RowFormat {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String RECORDS = "Records";

  /** Who it was, as JSON in a column of its own. */
  private static final String IDENTITY = "useridentity";

  private static final String IDENTITY_TEXT = "useridentity_as_string";

  @Override
  public boolean isText() {
    return false;
  }

  @Override
  public Reader open(ObjectRef file, Path path, List<Column> columns) throws IOException {
    return new Rows(
        JSON.createParser(TextCompression.of(file).open(file, path)),
        new FileColumns(file),
        columns);
  }

  private static final class Rows implements Reader {

    private final JsonParser in;
    private final FileColumns names;
    private final JsonValues values;
    private final List<Column> columns;
    private final Map<String, Integer> places = new HashMap<>();
    private boolean inside;

    Rows(JsonParser in, FileColumns names, List<Column> columns) {
      this.in = in;
      this.names = names;
      this.values = new JsonValues(names);
      this.columns = columns;
      for (int i = 0; i < columns.size(); i++) {
        places.put(columns.get(i).name(), i);
      }
    }

    @Override
    public boolean next(@Nullable Object[] row) throws IOException {
      while (inside || find()) {
        if (in.nextToken() == JsonToken.END_ARRAY) {
          inside = false;
          end();
        } else {
          require(JsonToken.START_OBJECT, "its Records are no objects");
          read(row);
          return true;
        }
      }
      return false;
    }

    /** Goes into the records of the next object that has some. */
    private boolean find() throws IOException {
      while (in.nextToken() != null) {
        require(JsonToken.START_OBJECT, "it is no JSON object with Records, as CloudTrail has it");
        while (in.nextToken() != JsonToken.END_OBJECT) {
          boolean found = in.currentName().equals(RECORDS);
          in.nextToken();
          if (found) {
            require(JsonToken.START_ARRAY, "its Records are no array");
            inside = true;
            return true;
          }
          in.skipChildren();
        }
      }
      return false;
    }

    private void end() throws IOException {
      while (in.nextToken() != JsonToken.END_OBJECT) {
        in.nextToken();
        in.skipChildren();
      }
    }

    private void require(JsonToken token, String otherwise) {
      if (in.currentToken() != token) {
        throw names.bad(otherwise);
      }
    }

    private void read(@Nullable Object[] row) throws IOException {
      Arrays.fill(row, null);
      while (in.nextToken() != JsonToken.END_OBJECT) {
        String key = in.currentName().toLowerCase(Locale.ROOT);
        in.nextToken();
        Integer place = places.get(key);
        Integer text = key.equals(IDENTITY) ? places.get(IDENTITY_TEXT) : null;
        if (text != null && in.currentToken() != JsonToken.VALUE_NULL) {
          String identity = JsonValues.text(in);
          row[text] = identity;
          if (place != null) {
            try (JsonParser again = JSON.createParser(identity)) {
              again.nextToken();
              row[place] = value(again, columns.get(place));
            }
          }
        } else if (place != null) {
          row[place] = value(in, columns.get(place));
        } else {
          in.skipChildren();
        }
      }
    }

    private @Nullable Object value(JsonParser at, Column column) throws IOException {
      try {
        return values.read(at, column.type(), column.name());
      } catch (ArithmeticException e) {
        throw new RowScan.Misfit(column);
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
