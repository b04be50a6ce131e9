package io.lakesdk.query.aws;

import com.google.common.base.Suppliers;
import io.lakesdk.error.BadDataException;
import io.lakesdk.query.QueryStats;
import io.lakesdk.query.Rows;
import io.lakesdk.query.aws.AthenaCalls.S3Location;
import io.lakesdk.query.rows.RowStream;
import io.lakesdk.query.sql.OutputColumn;
import io.lakesdk.query.sql.type.SqlType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.model.ColumnInfo;
import software.amazon.awssdk.services.athena.model.EncryptionOption;
import software.amazon.awssdk.services.athena.model.GetQueryResultsResponse;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.ResultConfiguration;

/**
 * The rows of a statement in Athena. Whatever asks for columns, rows or statistics first waits
 * until Athena has the answer.
 */
final class AthenaRows implements Rows {

  private final Execution execution;
  private final BigDecimal pricePerTerabyte;
  private final Supplier<Optional<List<OutputColumn>>> analysis;
  private @Nullable Answer answer;

  /**
   * @param pricePerTerabyte of what it scans, in US dollars
   * @param analysis the types of the result as the statement has them, where it is understood
   */
  AthenaRows(
      Execution execution,
      BigDecimal pricePerTerabyte,
      Supplier<Optional<List<OutputColumn>>> analysis) {
    this.execution = execution;
    this.pricePerTerabyte = pricePerTerabyte;
    this.analysis = Suppliers.memoize(analysis::get);
  }

  /** An answer that Athena has. */
  private record Answer(List<ResultColumn> columns, QueryStats stats, RowStream rows) {}

  private Answer answer() {
    Answer known = answer;
    if (known == null) {
      known = fetch(execution.await());
      answer = known;
    }
    return known;
  }

  private Answer fetch(QueryExecution done) {
    GetQueryResultsResponse first =
        execution.calls().page(execution.subject(), execution.id(), Optional.empty());
    List<ColumnInfo> infos = first.resultSet().resultSetMetadata().columnInfo();
    List<ResultColumnType> types = types(infos);
    List<ResultColumn> columns = new ArrayList<>();
    for (int i = 0; i < infos.size(); i++) {
      columns.add(new ResultColumn(infos.get(i).name(), types.get(i).name()));
    }
    TextRows texts = texts(done, first, columns.stream().map(ResultColumn::name).toList());
    RowReader reader = new RowReader(execution, columns, types, texts);
    return new Answer(
        columns,
        ExecutionStats.of(done, pricePerTerabyte),
        new RowStream(columns, execution::subject, reader::next, this::close));
  }

  private List<ResultColumnType> types(List<ColumnInfo> infos) {
    List<ResultColumnType> types = new ArrayList<>();
    for (int i = 0; i < infos.size(); i++) {
      int column = i;
      types.add(ResultColumnType.of(infos.get(i), () -> analysed(column, infos.size())));
    }
    return types;
  }

  private Optional<SqlType> analysed(int column, int columns) {
    return analysis
        .get()
        .filter(output -> output.size() == columns)
        .map(output -> output.get(column).type());
  }

  /**
   * One page is all there is of most results. What is longer is read from the file that Athena has
   * written, which is faster and not bound to pages, if there is one and it is not encrypted by
   * Athena itself.
   */
  private TextRows texts(QueryExecution done, GetQueryResultsResponse first, List<String> names) {
    ResultConfiguration written = done.resultConfiguration();
    Optional<S3Location> file =
        first.nextToken() == null
                || written == null
                || written.outputLocation() == null
                || (written.encryptionConfiguration() != null
                    && written.encryptionConfiguration().encryptionOption()
                        == EncryptionOption.CSE_KMS)
            ? Optional.empty()
            : S3Location.parse(written.outputLocation()).filter(f -> f.key().endsWith(".csv"));
    return file.isPresent()
        ? new ResultFile(execution, file.get(), names, first.resultSet().rows().size() - 1L)
        : new ResultPages(execution, first, names);
  }

  @Override
  public List<ResultColumn> columns() {
    return answer().columns();
  }

  @Override
  public <T extends Record> Stream<T> as(Class<T> type) {
    return answer().rows().as(type);
  }

  @Override
  public Stream<Map<String, @Nullable Object>> asMaps() {
    return answer().rows().asMaps();
  }

  @Override
  public Stream<List<@Nullable Object>> asLists() {
    return answer().rows().asLists();
  }

  @Override
  public QueryStats stats() {
    return answer().stats();
  }

  @Override
  public Optional<String> executionId() {
    return Optional.of(execution.id());
  }

  @Override
  public void cancel() {
    execution.stop("it was cancelled");
  }

  @Override
  public void close() {
    execution.close();
  }

  /** Reads the texts of each row by the types of its columns. */
  private static final class RowReader {

    private final Execution execution;
    private final List<ResultColumn> columns;
    private final List<ResultColumnType> types;
    private final TextRows texts;
    private long row;

    RowReader(
        Execution execution,
        List<ResultColumn> columns,
        List<ResultColumnType> types,
        TextRows texts) {
      this.execution = execution;
      this.columns = columns;
      this.types = types;
      this.texts = texts;
    }

    Optional<@Nullable Object[]> next() {
      execution.check();
      Optional<@Nullable String[]> next = texts.next();
      if (next.isEmpty()) {
        return Optional.empty();
      }
      row++;
      @Nullable String[] printed = next.get();
      @Nullable Object[] values = new @Nullable Object[printed.length];
      for (int i = 0; i < values.length; i++) {
        String text = printed[i];
        values[i] = text == null ? null : value(text, i);
      }
      return Optional.of(values);
    }

    private Object value(String text, int column) {
      ResultColumnType type = types.get(column);
      if (type.kind() == ResultColumnType.Kind.TEXT) {
        return text;
      }
      SqlType known =
          type.type()
              .orElseThrow(
                  () ->
                      bad(
                          column,
                          "holds values whose types Athena does not tell and the statement does"
                              + " not show; write CAST(... AS JSON) in the statement"));
      return NestedText.isContainer(known)
          ? nested(text, known, column)
          : ResultValues.scalar(text, known)
              .orElseThrow(() -> bad(column, "has a value that is no " + known));
    }

    private Object nested(String text, SqlType type, int column) {
      NestedText.Outcome outcome = NestedText.read(text, type);
      if (outcome instanceof NestedText.Outcome.Value value) {
        return value.value();
      }
      throw bad(
          column,
          outcome instanceof NestedText.Outcome.Ambiguous
              ? "holds texts that Athena prints without quotes, so that they can be read in several"
                  + " ways; write CAST(... AS JSON) in the statement"
              : "has a value that is no " + type);
    }

    private BadDataException bad(int column, String reason) {
      return new BadDataException(
          "read row " + row + " of",
          execution.subject(),
          "column " + columns.get(column).name() + " " + reason);
    }
  }
}
