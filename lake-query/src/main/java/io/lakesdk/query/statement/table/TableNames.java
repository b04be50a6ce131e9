package io.lakesdk.query.statement.table;

import io.lakesdk.DatasetId;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.sql.SqlErrors;
import io.trino.sql.tree.QualifiedName;
import java.util.List;
import java.util.Locale;

/** Names of tables as statements write them. */
public final class TableNames {

  private static final String CATALOG = "awsdatacatalog";

  private TableNames() {}

  /**
   * The dataset that a name stands for.
   *
   * @throws InvalidDefinitionException if no dataset can have the name
   */
  public static DatasetId id(QualifiedName name, String defaultDatabase) {
    return id(name.getParts(), defaultDatabase);
  }

  /** {@link #id(QualifiedName, String)} of the parts between the dots. */
  public static DatasetId id(List<String> parts, String defaultDatabase) {
    int last = parts.size() - 1;
    if (last > 2 || (last == 2 && !parts.get(0).toLowerCase(Locale.ROOT).equals(CATALOG))) {
      throw SqlErrors.refuse(
          "Catalog '"
              + parts.get(0)
              + "' does not exist in the lake; a federated source is only read, by queries");
    }
    DatasetId id =
        new DatasetId(last == 0 ? defaultDatabase : parts.get(last - 1), parts.get(last));
    if (id.isFederated()) {
      throw SqlErrors.refuse(
          "'" + id + "' is no table of the lake; a federated source is only read, by queries");
    }
    return id;
  }
}
