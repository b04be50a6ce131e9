package io.lakesdk.query.statement;

import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.access.Action;
import io.lakesdk.access.Resource;
import io.lakesdk.query.Rows;
import io.lakesdk.query.sql.syntax.StatementParser;
import io.lakesdk.query.statement.hive.HiveTokens;
import io.lakesdk.query.statement.write.FolderLoad;
import io.lakesdk.query.statement.write.NewTable;
import io.lakesdk.query.statement.write.TableProperties;
import io.lakesdk.query.statement.write.UnloadProperties;
import io.trino.sql.tree.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * UNLOAD: writes the rows of a query as files of a folder, and registers nothing. Source: "UNLOAD"
 * of the Athena user guide.
 *
 * @param query whose rows are written
 * @param to the folder
 * @param texts the properties that are texts, by their lower-case names
 * @param partitions what {@code partitioned_by} lists
 */
record Unload(Query query, String to, Map<String, String> texts, List<String> partitions)
    implements Statement {

  private static final String PARTITIONED_BY = "partitioned_by";

  /** What the files are called where a table has a name. */
  private static final DatasetId SHAPE = new DatasetId("unload", "files");

  /** What follows the word UNLOAD. */
  static Unload parse(HiveTokens tokens) {
    String query = tokens.parenthesized();
    if (!tokens.take("TO")) {
      throw tokens.unexpected("TO");
    }
    String to = tokens.text();
    Map<String, String> texts = new LinkedHashMap<>();
    List<String> partitions = new ArrayList<>();
    if (!tokens.take("WITH", "(")) {
      throw tokens.unexpected("WITH (format = ...)");
    }
    do {
      property(tokens, texts, partitions);
    } while (tokens.take(","));
    if (!tokens.take(")")) {
      throw tokens.unexpected("',' or ')'");
    }
    tokens.end("UNLOAD");
    return new Unload(StatementParser.query(query), to, texts, partitions);
  }

  private static void property(
      HiveTokens tokens, Map<String, String> texts, List<String> partitions) {
    boolean again = !partitions.isEmpty() && tokens.at(PARTITIONED_BY);
    if (again || texts.keySet().stream().anyMatch(tokens::at)) {
      throw tokens.unexpected("a property that was not given before");
    }
    String name = tokens.name();
    if (!tokens.take("=")) {
      throw tokens.unexpected("'='");
    }
    if (!name.equals(PARTITIONED_BY)) {
      texts.put(name, tokens.text());
      return;
    }
    if (!tokens.take("ARRAY", "[")) {
      throw tokens.unexpected("ARRAY['name', ...]");
    }
    do {
      partitions.add(tokens.text());
    } while (tokens.take(","));
    if (!tokens.take("]")) {
      throw tokens.unexpected("',' or ']'");
    }
  }

  @Override
  public Rows run(Session session) {
    Lake lake = session.lake();
    TableProperties properties = UnloadProperties.read(lake, to, texts, partitions);
    lake.access().require(Action.WRITE, Resource.zone(properties.zone()));
    PlannedQuery planned = session.plan(query);
    NewTable files = new NewTable(query, SHAPE, properties, planned.columns());
    return new FolderLoad(lake, files.dataset()).run(planned, files.written());
  }
}
