package io.lakesdk.query.embedded.workgroup;

import io.lakesdk.AwsPlace;
import io.lakesdk.Lake;
import io.lakesdk.access.Action;
import io.lakesdk.access.Resource;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.query.Bill;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryStats;
import io.lakesdk.query.QueryStats.Reused;
import io.lakesdk.query.Rows;
import io.lakesdk.query.Rows.ResultColumn;
import io.lakesdk.query.Workgroup;
import io.lakesdk.query.rows.ResultText;
import io.lakesdk.query.sql.OutputColumn;
import io.lakesdk.query.statement.table.ResultLocation;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.ObjectUpload;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.ReadOptions;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A folder of results: {@code id.csv} as Athena writes it, and beside it {@code _id.rows}, which
 * has the same rows with their types and is what is read to give an answer again.
 */
final class ResultFiles {

  private final String folder;
  private final Subject subject;
  private final AwsPlace place;
  private final ObjectStore store;
  private final Chooser chooser;

  /** Who says where results go. */
  private enum Chooser {
    WORKGROUP,
    STATEMENT
  }

  private ResultFiles(Lake lake, String folder, AwsPlace place, Chooser chooser) {
    this.folder = folder.endsWith("/") ? folder : folder + "/";
    this.place = place;
    this.subject = Subject.object(place.zone(), place.folder());
    // Whoever may use a workgroup has results in its place, without a right to the zone.
    this.store = lake.backend().store(place.zone());
    this.chooser = chooser;
  }

  /** Where the result of a statement goes, if anywhere. */
  static Optional<ResultFiles> of(Lake lake, Workgroup group, Query query) {
    boolean enforced = group.settings() == Workgroup.Settings.ENFORCED;
    if (query.results().isPresent() && !enforced) {
      String folder = query.results().get();
      AwsPlace place = ResultLocation.parse(lake, folder);
      lake.access().require(Action.WRITE, Resource.zone(place.zone()));
      return Optional.of(new ResultFiles(lake, folder, place, Chooser.STATEMENT));
    }
    return group
        .results()
        .map(
            folder ->
                new ResultFiles(
                    lake, folder, ResultLocation.parse(lake, folder), Chooser.WORKGROUP));
  }

  /** Whether it is the workgroup's place, whose results may be given again. */
  boolean isOfWorkgroup() {
    return chooser == Chooser.WORKGROUP;
  }

  private String rowsKey(String id) {
    return place.folder() + "_" + id + ".rows";
  }

  /**
   * An earlier result, if it is still there.
   *
   * @param id of the execution that made it
   * @param now what would be read to make it again
   */
  Optional<Rows> read(
      String id, List<OutputColumn> columns, QueryStats now, Supplier<Optional<String>> stop) {
    String key = rowsKey(id);
    QueryStats stats =
        new QueryStats(
            now.partitionsTotal(),
            OptionalLong.of(0),
            now.filesTotal(),
            OptionalLong.of(0),
            0,
            Optional.empty(),
            Reused.REUSED,
            Bill.free());
    List<ResultColumn> names =
        columns.stream().map(c -> new ResultColumn(c.name(), c.type().toString())).toList();
    try {
      return Optional.of(
          new StoredRows(
              names,
              stats,
              Subject.object(place.zone(), key),
              store.get(key, ReadOptions.current()),
              stop));
    } catch (NotFoundException deleted) {
      return Optional.empty();
    }
  }

  /** Opens the files of a result. */
  Writing write(String id, List<ResultColumn> columns, boolean again) {
    ObjectUpload csv =
        store.upload(
            place.folder() + id + ".csv",
            PutOptions.defaults().ifAbsent().contentType("text/csv; charset=utf-8"));
    Optional<ObjectUpload> rows =
        again
            ? Optional.of(store.upload(rowsKey(id), PutOptions.defaults().ifAbsent()))
            : Optional.empty();
    Writing writing = new Writing(subject, folder + id + ".csv", csv, rows);
    writing.header(columns.stream().map(ResultColumn::name).toList());
    return writing;
  }

  /**
   * The files of a result while its rows come; closing them before they are complete drops them.
   */
  static final class Writing implements AutoCloseable {

    private final Subject folder;
    private final String uri;
    private final ObjectUpload csv;
    private final Optional<ObjectUpload> rows;
    private final BufferedOutputStream text;
    private final Optional<DataOutputStream> values;

    private Writing(Subject folder, String uri, ObjectUpload csv, Optional<ObjectUpload> rows) {
      this.folder = folder;
      this.uri = uri;
      this.csv = csv;
      this.rows = rows;
      this.text = new BufferedOutputStream(csv);
      this.values = rows.map(to -> new DataOutputStream(new BufferedOutputStream(to)));
    }

    private interface Work {
      void run() throws IOException;
    }

    private void writing(Work work) {
      try {
        work.run();
      } catch (IOException e) {
        throw new UnavailableException("put results in", folder, "they could not be written", e);
      }
    }

    private void header(List<String> names) {
      writing(() -> text.write(ResultText.line(names).getBytes(StandardCharsets.UTF_8)));
    }

    void row(List<@Nullable Object> row) {
      writing(
          () -> {
            text.write(ResultText.line(row).getBytes(StandardCharsets.UTF_8));
            if (values.isPresent()) {
              values.get().writeByte(StoredRows.ROW);
              for (Object value : row) {
                StoredValues.write(values.get(), value);
              }
            }
          });
    }

    /**
     * Makes the files visible.
     *
     * @return the location of that of CSV
     */
    String complete() {
      writing(
          () -> {
            text.flush();
            if (values.isPresent()) {
              values.get().writeByte(StoredRows.END);
              values.get().flush();
            }
          });
      Object unused = csv.complete();
      rows.ifPresent(ObjectUpload::complete);
      return uri;
    }

    @Override
    public void close() {
      csv.close();
      rows.ifPresent(ObjectUpload::close);
    }
  }
}
