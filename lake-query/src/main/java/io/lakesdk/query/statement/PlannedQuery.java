package io.lakesdk.query.statement;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.Snapshot;
import io.lakesdk.query.QueryStats;
import io.lakesdk.query.Rows;
import io.lakesdk.query.sql.OutputColumn;
import io.lakesdk.query.sql.ViewUse;
import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.workbench.Workbench;
import io.lakesdk.storage.LocalFiles;
import java.util.List;
import java.util.Set;

/**
 * A query that is understood and authorised and whose files are chosen. Nothing of it has run. It
 * runs once: its rows are streamed or written.
 */
public interface PlannedQuery {

  /** The columns of its result, in order. */
  List<OutputColumn> columns();

  /** The datasets that it names, each at the version that it reads. */
  List<Workbench.Use> uses();

  /** The views that it names, and those that their queries name. */
  List<ViewUse> views();

  /** What it will read. */
  QueryStats stats();

  /** What it will read of each dataset, at each place where it names one. */
  List<Scan> scans();

  /**
   * A dataset that is read.
   *
   * @param dataset which
   * @param version of it
   * @param columns that are needed
   * @param partitions how many are left by the query's conditions
   * @param files likewise
   * @param bytes the size of these files
   * @param all what the dataset has
   */
  record Scan(
      DatasetId dataset,
      long version,
      Set<String> columns,
      long partitions,
      long files,
      long bytes,
      Snapshot.Totals all) {}

  /** Runs it. The caller closes the rows. */
  Rows rows();

  /**
   * Runs it and writes what the expressions make of its rows as files of the draft's dataset.
   *
   * @param columns one for each column of the dataset, in any order
   */
  List<DataFile> write(List<Written> columns, Draft draft);

  /**
   * Runs it and writes what the expressions make of its rows as files that are no objects yet: one,
   * or one of each partition.
   *
   * @param columns one for each column of the shape, in any order
   * @param shape whose columns, partitions and format the files have; it need not be registered
   * @param staging where the files are made
   */
  List<Draft.NewFile> write(List<Written> columns, Dataset shape, LocalFiles.Staging staging);

  /**
   * A column to be written.
   *
   * @param name of the dataset's column
   * @param value an expression over {@link #name names} of the result's columns
   */
  record Written(String name, Typed value) {}

  /** What expressions call a column of the result, counted from 0. */
  static String name(int number) {
    return "c" + number;
  }

  /** A column of the result, counted from 0, as an expression. */
  static Typed column(int number, SqlType type) {
    return Typed.name(Sql.name(name(number)), type);
  }
}
