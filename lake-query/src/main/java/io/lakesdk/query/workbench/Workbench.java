package io.lakesdk.query.workbench;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.Snapshot;
import io.lakesdk.query.Rows;
import io.lakesdk.schema.Column;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A private session of the engine for one job: relations are read from datasets or made from rows,
 * derived by Athena's SQL, and written as data files. For the layers above, such as pipelines; an
 * application runs queries through {@link io.lakesdk.query.QueryEngine}.
 *
 * <p>Relations are lazy, unless {@link #keep} was asked for, and live as long as the workbench.
 * What a statement calls the current time is the same moment in all statements of a workbench. Not
 * thread-safe.
 */
public interface Workbench extends AutoCloseable {

  /** A table of the session. */
  interface Relation {
    List<Column> columns();
  }

  /**
   * The rows of a dataset at a snapshot, with its columns and partition keys, as far as the lake's
   * principal may see them.
   *
   * @throws io.lakesdk.error.AccessDeniedException if it may see nothing
   */
  Relation dataset(Dataset dataset, Snapshot snapshot);

  /**
   * Rows made elsewhere, taken in at once. Values are those of {@code
   * io.lakesdk.schema.RecordMapper}.
   *
   * @throws io.lakesdk.error.BadDataException if a value does not fit its column
   */
  Relation rows(List<Column> columns, Iterator<@Nullable Object[]> rows);

  /**
   * The result of a statement in Athena's SQL that may name the inputs, as well as datasets of the
   * lake that the principal may see.
   *
   * @param inputs relations by the names that the statement has for them
   * @param parameters values of its {@code :name} parameters
   */
  Relation sql(String statement, Map<String, Relation> inputs, Map<String, ?> parameters);

  /** The same rows computed once, kept in memory or spilled. */
  Relation keep(Relation relation);

  /**
   * What the relations so far were made from: every dataset that was given or that a statement
   * names, each at the one version that this workbench reads of it.
   */
  List<Use> uses();

  /**
   * A dataset that a relation was made from.
   *
   * @param dataset which
   * @param version the version that is read; 0 where nothing was ever published
   */
  record Use(DatasetId dataset, long version) {}

  /** Streams the rows. */
  Rows stream(Relation relation);

  /**
   * Writes all rows as files of the draft's dataset, partitioned as it is. Columns are matched by
   * name; values must fit the dataset's types without loss.
   *
   * @throws io.lakesdk.error.InvalidDefinitionException if the columns are not the dataset's
   * @throws io.lakesdk.error.BadDataException if a value does not fit
   */
  List<DataFile> write(Relation relation, Draft draft);

  @Override
  void close();
}
