package io.lakesdk.query.jdbc;

import io.lakesdk.query.jdbc.result.JdbcErrors;
import io.lakesdk.query.jdbc.result.Wrapped;
import java.sql.ParameterMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;

/** How many parameters a statement has. They have no types: each takes that of its value. */
final class LakeParameterMetaData implements ParameterMetaData {

  private final int count;

  LakeParameterMetaData(int count) {
    this.count = count;
  }

  private static SQLFeatureNotSupportedException noType() {
    return JdbcErrors.unsupported("types of parameters; each takes that of its value");
  }

  private <T> T ofEach(int parameter, T answer) throws SQLException {
    if (parameter < 1 || parameter > count) {
      throw JdbcErrors.noSuchIndex("parameter", parameter, count);
    }
    return answer;
  }

  @Override
  public int getParameterCount() {
    return count;
  }

  @Override
  public int isNullable(int parameter) throws SQLException {
    return ofEach(parameter, parameterNullable);
  }

  @Override
  public int getParameterMode(int parameter) throws SQLException {
    return ofEach(parameter, parameterModeIn);
  }

  @Override
  public boolean isSigned(int parameter) throws SQLException {
    throw noType();
  }

  @Override
  public int getPrecision(int parameter) throws SQLException {
    throw noType();
  }

  @Override
  public int getScale(int parameter) throws SQLException {
    throw noType();
  }

  @Override
  public int getParameterType(int parameter) throws SQLException {
    throw noType();
  }

  @Override
  public String getParameterTypeName(int parameter) throws SQLException {
    throw noType();
  }

  @Override
  public String getParameterClassName(int parameter) throws SQLException {
    throw noType();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Wrapped.unwrap(this, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
