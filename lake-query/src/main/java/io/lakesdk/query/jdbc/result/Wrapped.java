package io.lakesdk.query.jdbc.result;

import java.sql.SQLException;

/** What the driver's objects are beneath JDBC's interfaces: themselves. */
public final class Wrapped {

  private Wrapped() {}

  public static <T> T unwrap(Object self, Class<T> type) throws SQLException {
    if (!type.isInstance(self)) {
      throw JdbcErrors.badArgument(
          "This is a " + self.getClass().getSimpleName() + " and no " + type.getSimpleName());
    }
    return type.cast(self);
  }
}
