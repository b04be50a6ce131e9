package io.lakesdk.query.jdbc;

import io.lakesdk.query.jdbc.result.JdbcErrors;
import java.io.InputStream;
import java.net.URL;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;

/** What prepared statements of JDBC have and those of a lake have not. */
abstract class BarePreparedStatement extends LakeStatement implements PreparedStatement {

  BarePreparedStatement(LakeConnection connection) {
    super(connection);
  }

  private static SQLException prepared() {
    return JdbcErrors.badArgument("A prepared statement runs its own text; call it without one");
  }

  @Override
  public void addBatch() throws SQLException {
    requireOpen();
    throw JdbcErrors.unsupported("batches, which are of updates");
  }

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    throw prepared();
  }

  @Override
  public boolean execute(String sql) throws SQLException {
    throw prepared();
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    throw prepared();
  }

  @Override
  public void addBatch(String sql) throws SQLException {
    throw prepared();
  }

  @Override
  public void setRef(int parameter, Ref value) throws SQLException {
    throw JdbcErrors.unsupported("references");
  }

  @Override
  public void setRowId(int parameter, RowId value) throws SQLException {
    throw JdbcErrors.unsupported("row ids");
  }

  @Override
  public void setSQLXML(int parameter, SQLXML value) throws SQLException {
    throw JdbcErrors.unsupported("XML");
  }

  @Override
  public void setURL(int parameter, URL value) throws SQLException {
    throw JdbcErrors.unsupported("URLs; use setString");
  }

  @Override
  public void setBlob(int parameter, Blob value) throws SQLException {
    throw JdbcErrors.unsupported("BLOB; use setBytes");
  }

  @Override
  public void setClob(int parameter, Clob value) throws SQLException {
    throw JdbcErrors.unsupported("CLOB; use setString");
  }

  @Override
  public void setNClob(int parameter, NClob value) throws SQLException {
    throw JdbcErrors.unsupported("NCLOB; use setString");
  }

  @Override
  @Deprecated
  public void setUnicodeStream(int parameter, InputStream value, int length) throws SQLException {
    throw JdbcErrors.unsupported("setUnicodeStream; use setCharacterStream");
  }
}
