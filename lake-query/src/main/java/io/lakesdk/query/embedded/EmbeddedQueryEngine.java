package io.lakesdk.query.embedded;

import io.lakesdk.Lake;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.query.sql.TableUse;
import io.lakesdk.query.sql.Translation;
import io.lakesdk.query.sql.Translator;
import io.lakesdk.query.workbench.Workbench;
import java.util.function.Consumer;

/**
 * The query engine of an embedded lake. A statement is translated and authorised as a whole, its
 * files are chosen by their partitions, and only then does DuckDB see it. The engine's library is
 * loaded by the first statement, not by opening a lake.
 */
public final class EmbeddedQueryEngine implements QueryEngine {

  private final Lake lake;

  public EmbeddedQueryEngine(Lake lake) {
    this.lake = lake;
  }

  @Override
  public Rows run(Query query) {
    return run(query, cancel -> {});
  }

  @Override
  public Rows run(Query query, Consumer<Runnable> started) {
    Translation translation =
        new Translator(new LakeTables(lake, query.database()), query.database(), lake.clock())
            .translate(query.text(), query.parameters());
    Duck duck = Duck.of(lake);
    Plan plan = new Plan(duck);
    try {
      Plan.authorize(translation.tables());
      limit(query, translation, plan);
      return EmbeddedRows.start(
          duck,
          plan,
          query.timeout(),
          started,
          () -> plan.compose(translation),
          translation.columns());
    } catch (RuntimeException e) {
      plan.close();
      throw e;
    }
  }

  private static void limit(Query query, Translation translation, Plan plan) {
    for (TableUse use : translation.tables()) {
      ((DatasetSource) use.table().handle()).announce(use.partitions(), plan);
    }
    long bytes = plan.stats().bytesScanned();
    if (bytes > query.scanLimit().orElse(Long.MAX_VALUE)) {
      throw new UnavailableException(
          "run",
          plan.subject(),
          "it would scan "
              + bytes
              + " bytes and may scan "
              + query.scanLimit().getAsLong()
              + "; ask for fewer partitions, or raise scanAtMost");
    }
  }

  @Override
  public Workbench workbench() {
    return new EmbeddedWorkbench(lake, Duck.of(lake));
  }
}
