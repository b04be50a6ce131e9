package io.lakesdk.query.jdbc;

import io.lakesdk.query.jdbc.result.MetadataTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Metadata of what a lake has not, with the columns that JDBC wants: keys, indexes, procedures,
 * types of users. Functions and privileges exist and are not told.
 */
abstract class EmptyMetadata extends DriverFacts {

  private static final String KEYS =
      "PKTABLE_CAT varchar, PKTABLE_SCHEM varchar, PKTABLE_NAME varchar, "
          + "PKCOLUMN_NAME varchar, FKTABLE_CAT varchar, FKTABLE_SCHEM varchar, "
          + "FKTABLE_NAME varchar, FKCOLUMN_NAME varchar, KEY_SEQ smallint, "
          + "UPDATE_RULE smallint, DELETE_RULE smallint, FK_NAME varchar, PK_NAME varchar, "
          + "DEFERRABILITY smallint";

  /** Refuses to go on if the connection is closed. */
  abstract void requireOpen() throws SQLException;

  private ResultSet none(String columns) throws SQLException {
    requireOpen();
    return MetadataTable.of(columns).results();
  }

  @Override
  public ResultSet getProcedures(
      @Nullable String catalog, @Nullable String schemas, @Nullable String names)
      throws SQLException {
    return none(
        "PROCEDURE_CAT varchar, PROCEDURE_SCHEM varchar, PROCEDURE_NAME varchar, "
            + "RESERVED1 varchar, RESERVED2 varchar, RESERVED3 varchar, REMARKS varchar, "
            + "PROCEDURE_TYPE smallint, SPECIFIC_NAME varchar");
  }

  @Override
  public ResultSet getProcedureColumns(
      @Nullable String catalog,
      @Nullable String schemas,
      @Nullable String names,
      @Nullable String columns)
      throws SQLException {
    return none(
        "PROCEDURE_CAT varchar, PROCEDURE_SCHEM varchar, PROCEDURE_NAME varchar, "
            + "COLUMN_NAME varchar, COLUMN_TYPE smallint, DATA_TYPE integer, "
            + "TYPE_NAME varchar, PRECISION integer, LENGTH integer, SCALE smallint, "
            + "RADIX smallint, NULLABLE smallint, REMARKS varchar, COLUMN_DEF varchar, "
            + "SQL_DATA_TYPE integer, SQL_DATETIME_SUB integer, CHAR_OCTET_LENGTH integer, "
            + "ORDINAL_POSITION integer, IS_NULLABLE varchar, SPECIFIC_NAME varchar");
  }

  @Override
  public ResultSet getFunctions(
      @Nullable String catalog, @Nullable String schemas, @Nullable String names)
      throws SQLException {
    return none(
        "FUNCTION_CAT varchar, FUNCTION_SCHEM varchar, FUNCTION_NAME varchar, "
            + "REMARKS varchar, FUNCTION_TYPE smallint, SPECIFIC_NAME varchar");
  }

  @Override
  public ResultSet getFunctionColumns(
      @Nullable String catalog,
      @Nullable String schemas,
      @Nullable String names,
      @Nullable String columns)
      throws SQLException {
    return none(
        "FUNCTION_CAT varchar, FUNCTION_SCHEM varchar, FUNCTION_NAME varchar, "
            + "COLUMN_NAME varchar, COLUMN_TYPE smallint, DATA_TYPE integer, "
            + "TYPE_NAME varchar, PRECISION integer, LENGTH integer, SCALE smallint, "
            + "RADIX smallint, NULLABLE smallint, REMARKS varchar, "
            + "CHAR_OCTET_LENGTH integer, ORDINAL_POSITION integer, IS_NULLABLE varchar, "
            + "SPECIFIC_NAME varchar");
  }

  @Override
  public ResultSet getColumnPrivileges(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      @Nullable String columns)
      throws SQLException {
    return none(
        "TABLE_CAT varchar, TABLE_SCHEM varchar, TABLE_NAME varchar, "
            + "COLUMN_NAME varchar, GRANTOR varchar, GRANTEE varchar, PRIVILEGE varchar, "
            + "IS_GRANTABLE varchar");
  }

  @Override
  public ResultSet getTablePrivileges(
      @Nullable String catalog, @Nullable String schemas, @Nullable String tables)
      throws SQLException {
    return none(
        "TABLE_CAT varchar, TABLE_SCHEM varchar, TABLE_NAME varchar, GRANTOR varchar, "
            + "GRANTEE varchar, PRIVILEGE varchar, IS_GRANTABLE varchar");
  }

  @Override
  public ResultSet getBestRowIdentifier(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      int scope,
      boolean nullable)
      throws SQLException {
    return none(
        "SCOPE smallint, COLUMN_NAME varchar, DATA_TYPE integer, TYPE_NAME varchar, "
            + "COLUMN_SIZE integer, BUFFER_LENGTH integer, DECIMAL_DIGITS smallint, "
            + "PSEUDO_COLUMN smallint");
  }

  @Override
  public ResultSet getVersionColumns(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return none(
        "SCOPE smallint, COLUMN_NAME varchar, DATA_TYPE integer, TYPE_NAME varchar, "
            + "COLUMN_SIZE integer, BUFFER_LENGTH integer, DECIMAL_DIGITS smallint, "
            + "PSEUDO_COLUMN smallint");
  }

  @Override
  public ResultSet getPrimaryKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return none(
        "TABLE_CAT varchar, TABLE_SCHEM varchar, TABLE_NAME varchar, "
            + "COLUMN_NAME varchar, KEY_SEQ smallint, PK_NAME varchar");
  }

  @Override
  public ResultSet getImportedKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return none(KEYS);
  }

  @Override
  public ResultSet getExportedKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return none(KEYS);
  }

  @Override
  public ResultSet getCrossReference(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      @Nullable String otherCatalog,
      @Nullable String otherSchema,
      @Nullable String otherTable)
      throws SQLException {
    return none(KEYS);
  }

  @Override
  public ResultSet getIndexInfo(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      boolean unique,
      boolean approximate)
      throws SQLException {
    return none(
        "TABLE_CAT varchar, TABLE_SCHEM varchar, TABLE_NAME varchar, "
            + "NON_UNIQUE boolean, INDEX_QUALIFIER varchar, INDEX_NAME varchar, "
            + "TYPE smallint, ORDINAL_POSITION smallint, COLUMN_NAME varchar, "
            + "ASC_OR_DESC varchar, CARDINALITY bigint, PAGES bigint, "
            + "FILTER_CONDITION varchar");
  }

  @Override
  public ResultSet getUDTs(
      @Nullable String catalog,
      @Nullable String schemas,
      @Nullable String types,
      int @Nullable [] kinds)
      throws SQLException {
    return none(
        "TYPE_CAT varchar, TYPE_SCHEM varchar, TYPE_NAME varchar, CLASS_NAME varchar, "
            + "DATA_TYPE integer, REMARKS varchar, BASE_TYPE smallint");
  }

  @Override
  public ResultSet getSuperTypes(
      @Nullable String catalog, @Nullable String schemas, @Nullable String types)
      throws SQLException {
    return none(
        "TYPE_CAT varchar, TYPE_SCHEM varchar, TYPE_NAME varchar, "
            + "SUPERTYPE_CAT varchar, SUPERTYPE_SCHEM varchar, SUPERTYPE_NAME varchar");
  }

  @Override
  public ResultSet getSuperTables(
      @Nullable String catalog, @Nullable String schemas, @Nullable String tables)
      throws SQLException {
    return none(
        "TABLE_CAT varchar, TABLE_SCHEM varchar, TABLE_NAME varchar, " + "SUPERTABLE_NAME varchar");
  }

  @Override
  public ResultSet getAttributes(
      @Nullable String catalog,
      @Nullable String schemas,
      @Nullable String types,
      @Nullable String attributes)
      throws SQLException {
    return none(
        "TYPE_CAT varchar, TYPE_SCHEM varchar, TYPE_NAME varchar, ATTR_NAME varchar, "
            + "DATA_TYPE integer, ATTR_TYPE_NAME varchar, ATTR_SIZE integer, "
            + "DECIMAL_DIGITS integer, NUM_PREC_RADIX integer, NULLABLE integer, "
            + "REMARKS varchar, ATTR_DEF varchar, SQL_DATA_TYPE integer, "
            + "SQL_DATETIME_SUB integer, CHAR_OCTET_LENGTH integer, "
            + "ORDINAL_POSITION integer, IS_NULLABLE varchar, SCOPE_CATALOG varchar, "
            + "SCOPE_SCHEMA varchar, SCOPE_TABLE varchar, SOURCE_DATA_TYPE smallint");
  }

  @Override
  public ResultSet getClientInfoProperties() throws SQLException {
    return none("NAME varchar, MAX_LEN integer, DEFAULT_VALUE varchar, DESCRIPTION varchar");
  }

  @Override
  public ResultSet getPseudoColumns(
      @Nullable String catalog,
      @Nullable String schemas,
      @Nullable String tables,
      @Nullable String columns)
      throws SQLException {
    return none(
        "TABLE_CAT varchar, TABLE_SCHEM varchar, TABLE_NAME varchar, "
            + "COLUMN_NAME varchar, DATA_TYPE integer, COLUMN_SIZE integer, "
            + "DECIMAL_DIGITS integer, NUM_PREC_RADIX integer, COLUMN_USAGE varchar, "
            + "REMARKS varchar, CHAR_OCTET_LENGTH integer, IS_NULLABLE varchar");
  }
}
