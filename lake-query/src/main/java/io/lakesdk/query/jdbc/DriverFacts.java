package io.lakesdk.query.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.RowIdLifetime;

/** Names, versions and limits of the driver and of a lake. */
abstract class DriverFacts extends QueryFeatures {

  /** There is no limit, or none that is known. */
  private static final int UNKNOWN = 0;

  private static final int MAX_STATEMENT = 262_144;
  private static final int MAX_COLUMN_NAME = 255;
  private static final int MAX_NAME = 128;

  /** The words that Athena reserves in queries and SQL:2003 does not. */
  private static final String KEYWORDS =
      "JSON_ARRAY,JSON_EXISTS,JSON_OBJECT,JSON_QUERY,JSON_TABLE,JSON_VALUE,LISTAGG,SKIP";

  @Override
  public int getDriverMajorVersion() {
    return LakeDriver.MAJOR;
  }

  @Override
  public int getDriverMinorVersion() {
    return LakeDriver.MINOR;
  }

  @Override
  public String getDriverVersion() {
    return LakeDriver.MAJOR + "." + LakeDriver.MINOR;
  }

  @Override
  public String getDriverName() {
    return "Lake SDK JDBC driver";
  }

  @Override
  public String getDatabaseProductName() {
    return "Lake SDK";
  }

  @Override
  public String getDatabaseProductVersion() {
    return getDriverVersion();
  }

  @Override
  public int getDatabaseMajorVersion() {
    return LakeDriver.MAJOR;
  }

  @Override
  public int getDatabaseMinorVersion() {
    return LakeDriver.MINOR;
  }

  @Override
  public int getJDBCMajorVersion() {
    return 4;
  }

  @Override
  public int getJDBCMinorVersion() {
    return 3;
  }

  @Override
  public String getIdentifierQuoteString() {
    return "\"";
  }

  @Override
  public String getSQLKeywords() {
    return KEYWORDS;
  }

  /** None of those that JDBC's escapes in braces call. */
  @Override
  public String getNumericFunctions() {
    return "";
  }

  @Override
  public String getStringFunctions() {
    return "";
  }

  @Override
  public String getSystemFunctions() {
    return "";
  }

  @Override
  public String getTimeDateFunctions() {
    return "";
  }

  @Override
  public String getSearchStringEscape() {
    return LikePattern.ESCAPE;
  }

  @Override
  public String getExtraNameCharacters() {
    return "";
  }

  @Override
  public String getSchemaTerm() {
    return "database";
  }

  @Override
  public String getProcedureTerm() {
    return "procedure";
  }

  @Override
  public String getCatalogTerm() {
    return "catalog";
  }

  @Override
  public String getCatalogSeparator() {
    return ".";
  }

  @Override
  public int getMaxStatementLength() {
    return MAX_STATEMENT;
  }

  @Override
  public int getMaxColumnNameLength() {
    return MAX_COLUMN_NAME;
  }

  @Override
  public int getMaxSchemaNameLength() {
    return MAX_NAME;
  }

  @Override
  public int getMaxTableNameLength() {
    return MAX_NAME;
  }

  @Override
  public int getMaxUserNameLength() {
    return MAX_NAME;
  }

  @Override
  public int getMaxBinaryLiteralLength() {
    return UNKNOWN;
  }

  @Override
  public int getMaxCharLiteralLength() {
    return UNKNOWN;
  }

  @Override
  public int getMaxColumnsInGroupBy() {
    return UNKNOWN;
  }

  @Override
  public int getMaxColumnsInIndex() {
    return UNKNOWN;
  }

  @Override
  public int getMaxColumnsInOrderBy() {
    return UNKNOWN;
  }

  @Override
  public int getMaxColumnsInSelect() {
    return UNKNOWN;
  }

  @Override
  public int getMaxColumnsInTable() {
    return UNKNOWN;
  }

  @Override
  public int getMaxConnections() {
    return UNKNOWN;
  }

  @Override
  public int getMaxCursorNameLength() {
    return UNKNOWN;
  }

  @Override
  public int getMaxIndexLength() {
    return UNKNOWN;
  }

  @Override
  public int getMaxProcedureNameLength() {
    return UNKNOWN;
  }

  @Override
  public int getMaxCatalogNameLength() {
    return UNKNOWN;
  }

  @Override
  public int getMaxRowSize() {
    return UNKNOWN;
  }

  @Override
  public int getMaxStatements() {
    return UNKNOWN;
  }

  @Override
  public int getMaxTablesInSelect() {
    return UNKNOWN;
  }

  @Override
  public int getDefaultTransactionIsolation() {
    return Connection.TRANSACTION_NONE;
  }

  @Override
  public int getResultSetHoldability() {
    return ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  @Override
  public int getSQLStateType() {
    return sqlStateSQL;
  }

  @Override
  public RowIdLifetime getRowIdLifetime() {
    return RowIdLifetime.ROWID_UNSUPPORTED;
  }
}
