package io.lakesdk.query.jdbc;

import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.error.LakeException;
import io.lakesdk.query.jdbc.result.JdbcErrors;
import java.sql.SQLException;
import java.util.Optional;

/** Users of JDBC as principals of the lake. */
final class Principals {

  private Principals() {}

  /**
   * The principal of a user: {@code role NAME}, {@code user NAME} and {@code administrator} as
   * {@link Principal#toString()} writes them, also with a colon in place of the space; any other
   * text is the name of a user.
   */
  static Principal of(String user) throws SQLException {
    String text = user.strip().replaceFirst("^(role|user):", "$1 ");
    try {
      return text.startsWith("role ")
              || text.startsWith("user ")
              || text.equals(Principal.ADMINISTRATOR.toString())
          ? Principal.parse(text)
          : Principal.user(text);
    } catch (LakeException e) {
      throw JdbcErrors.noPrincipal(e);
    }
  }

  /** The lake as that user sees it; without one, as whoever gave the lake does. */
  static Lake view(Lake lake, Optional<String> user) throws SQLException {
    Principal principal = user.isPresent() ? of(user.get()) : lake.principal();
    try {
      return lake.as(principal);
    } catch (LakeException e) {
      throw JdbcErrors.noPrincipal(e);
    }
  }
}
