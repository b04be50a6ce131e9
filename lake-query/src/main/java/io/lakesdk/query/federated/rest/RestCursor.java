package io.lakesdk.query.federated.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakesdk.query.federated.SourceCursor;
import io.lakesdk.query.federated.SourceException;
import io.lakesdk.schema.Column;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of all pages. */
final class RestCursor implements SourceCursor {

  private final RestPages pages;
  private final List<Column> columns;
  private long left;
  private Iterator<JsonNode> rows = Collections.emptyIterator();
  private long number;

  /**
   * @param most rows that are given
   */
  RestCursor(RestPages pages, List<Column> columns, long most) {
    this.pages = pages;
    this.columns = List.copyOf(columns);
    this.left = most;
  }

  @Override
  public boolean next(@Nullable Object[] row) {
    while (left > 0 && !rows.hasNext()) {
      if (!pages.next()) {
        return false;
      }
      rows = pages.rows();
      number = 0;
    }
    if (left == 0) {
      return false;
    }
    left--;
    number++;
    JsonNode next = rows.next();
    if (!next.isObject()) {
      throw bad("is no object");
    }
    JsonFields fields = new JsonFields(next);
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      try {
        row[i] = JsonValues.read(fields.get(column.name()), column.type());
      } catch (JsonValues.MisfitException e) {
        throw bad("has a value of column " + column.name() + " that is no " + column.type());
      }
    }
    return true;
  }

  private SourceException bad(String reason) {
    return SourceException.badData("row " + number + " of page " + pages.number() + " " + reason);
  }

  @Override
  public void cancel() {
    pages.cancel();
  }

  @Override
  public void close() {
    pages.cancel();
  }
}
