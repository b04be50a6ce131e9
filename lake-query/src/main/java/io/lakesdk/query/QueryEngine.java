package io.lakesdk.query;

import io.lakesdk.AwsBackend;
import io.lakesdk.AwsSettings;
import io.lakesdk.Lake;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.query.aws.AthenaQueryEngine;
import io.lakesdk.query.embedded.EmbeddedQueryEngine;
import io.lakesdk.query.workbench.Workbench;
import java.math.BigDecimal;
import java.util.function.Consumer;

/**
 * Runs statements in Athena's SQL (engine version 3, that is Trino's) over the lake's datasets. In
 * this process they may also write and drop datasets; Athena is sent queries alone.
 *
 * <p>A statement sees one version of each dataset for as long as its rows are read. It sees the
 * columns and rows that the lake's principal was granted; {@code *} stands for the columns that it
 * may see. What is not supported is refused by name, before anything runs. Thread-safe.
 */
public interface QueryEngine {

  /**
   * The engine of a lake: in this process, over local files or, with {@code Compute.LOCAL}, over
   * objects of S3; for a lake on AWS that says nothing else Athena, which is asked all queries,
   * while other statements are run in this process there too.
   */
  static QueryEngine of(Lake lake) {
    QueryEngine local = new EmbeddedQueryEngine(lake);
    return lake.backend() instanceof AwsBackend aws
            && aws.settings().compute() == AwsSettings.Compute.ATHENA
        ? AwsBackend.needing("athena", () -> new AthenaQueryEngine(lake, aws, local))
        : local;
  }

  /**
   * Starts a statement. The caller closes the rows, or reads them to their end. What Athena finds
   * wrong is thrown by what first asks the rows for something, since Athena tells it later.
   *
   * @throws InvalidDefinitionException if the statement is not understood; the message has line and
   *     column
   * @throws NotFoundException if it names a dataset that is not there
   * @throws AccessDeniedException naming the grant that is missing
   * @throws UnavailableException if its workgroup is disabled
   * @throws BadDataException if a file is not what its dataset says
   * @throws UnavailableException if it took longer, or would scan more, than the query allows
   */
  Rows run(Query query);

  /**
   * As {@link #run(Query)}, for whoever may want to stop a statement while that has not returned:
   * an aggregation has its first row when it is done.
   *
   * @param started given once, before the work begins, what cancels the statement, as {@link
   *     Rows#cancel} does, from any thread
   */
  default Rows run(Query query, Consumer<Runnable> started) {
    Rows rows = run(query);
    started.accept(rows::cancel);
    return rows;
  }

  /**
   * The same engine where a scanned terabyte has another price than {@link Bill#USUAL_PRICE}.
   *
   * @param pricePerTerabyte in US dollars, 0 or more
   */
  QueryEngine pricedAt(BigDecimal pricePerTerabyte);

  /** The workgroups of the lake, in which {@link Query#workgroup(String)} runs statements. */
  Workgroups workgroups();

  /** A session for a layer above. The caller closes it. */
  Workbench workbench();
}
