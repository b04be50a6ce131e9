package io.lakesdk.query.aws;

import io.lakesdk.error.BadDataException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.model.Datum;
import software.amazon.awssdk.services.athena.model.GetQueryResultsResponse;
import software.amazon.awssdk.services.athena.model.Row;

/** Rows in pages of a thousand, as Athena's own call gives them; the first is the header. */
final class ResultPages implements TextRows {

  private final Execution execution;
  private final int width;
  private Iterator<Row> rows;
  private Optional<String> token;

  ResultPages(Execution execution, GetQueryResultsResponse first, List<String> names) {
    this.execution = execution;
    this.width = names.size();
    this.rows = first.resultSet().rows().iterator();
    this.token = Optional.ofNullable(first.nextToken());
    header(names);
  }

  private void header(List<String> names) {
    if (rows.hasNext()) {
      List<String> header =
          rows.next().data().stream().map(datum -> String.valueOf(datum.varCharValue())).toList();
      if (!header.equals(names)) {
        throw new BadDataException(
            "read", execution.subject(), "its first row is not the names of its columns");
      }
    }
  }

  @Override
  public Optional<@Nullable String[]> next() {
    while (!rows.hasNext() && token.isPresent()) {
      execution.check();
      GetQueryResultsResponse page =
          execution.calls().page(execution.subject(), execution.id(), token);
      rows = page.resultSet().rows().iterator();
      token = Optional.ofNullable(page.nextToken());
    }
    if (!rows.hasNext()) {
      return Optional.empty();
    }
    List<Datum> data = rows.next().data();
    @Nullable String[] texts = new @Nullable String[width];
    // Athena leaves out values at the end of a row that are NULL.
    for (int i = 0; i < Math.min(width, data.size()); i++) {
      texts[i] = data.get(i).varCharValue();
    }
    return Optional.of(texts);
  }
}
