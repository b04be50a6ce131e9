package io.lakesdk.query.statement;

import io.lakesdk.DatasetId;
import io.lakesdk.query.sql.syntax.Refusal;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.QualifiedName;
import java.util.List;
import java.util.Locale;

/** Names of tables as statements write them. */
final class TableNames {

  private static final String CATALOG = "awsdatacatalog";

  private TableNames() {}

  /**
   * The dataset that a name stands for.
   *
   * @param node has the name, for the error of one that cannot be
   * @throws io.lakesdk.error.InvalidDefinitionException if no dataset can have the name
   */
  static DatasetId id(QualifiedName name, Node node, String defaultDatabase) {
    List<String> parts = name.getParts();
    int last = parts.size() - 1;
    if (last > 2 || (last == 2 && !parts.get(0).toLowerCase(Locale.ROOT).equals(CATALOG))) {
      throw Refusal.at(node, "Catalog '%s' does not exist", parts.get(0));
    }
    return new DatasetId(last == 0 ? defaultDatabase : parts.get(last - 1), parts.get(last));
  }
}
