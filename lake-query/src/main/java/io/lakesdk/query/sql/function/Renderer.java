package io.lakesdk.query.sql.function;

import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.render.UnsupportedCall;
import io.lakesdk.query.sql.type.SqlType;
import java.util.List;

/** What a call of a scalar function becomes. */
public interface Renderer {

  /**
   * The call in SQL.
   *
   * @param arguments already of the types of the signature
   * @param result the type that the signature says; the renderer may give a more exact one
   * @throws UnsupportedCall if these arguments are not supported
   */
  Typed render(List<Typed> arguments, SqlType result);
}
