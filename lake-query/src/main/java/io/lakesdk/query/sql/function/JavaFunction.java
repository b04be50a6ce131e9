package io.lakesdk.query.sql.function;

import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.type.SqlType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBScalarFunctionBuilder;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/**
 * A function that SQL cannot say and Java can. It is registered with the engine under a name that
 * no statement can write, because only rendered calls reach the engine. Of NULL it gives NULL.
 */
public final class JavaFunction implements Renderer {

  /** What it does; called from several threads at once. */
  public interface Body {
    /**
     * The result, of a Java type that the result's {@link Wire} takes, or null.
     *
     * @throws BadArgument if there is none
     */
    @Nullable Object apply(Arguments arguments);
  }

  private final String name;
  private final List<Wire> parameters;
  private final Wire result;
  private final Body body;

  public JavaFunction(Signature signature, Body body) {
    this.name = "lake_" + signature.toString().toLowerCase(Locale.ROOT).replaceAll("\\W+", "_");
    this.parameters = signature.parameters().stream().map(Wire::of).toList();
    this.result = Wire.of(signature.result());
    this.body = body;
  }

  @Override
  public Typed render(List<Typed> arguments, SqlType type) {
    List<String> sent =
        arguments.stream().map(argument -> Wire.there(argument.sql(), argument.type())).toList();
    return Typed.of(Wire.back(name + "(" + String.join(", ", sent) + ")", type), type, arguments);
  }

  public void register(Connection connection) throws SQLException {
    try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
      builder
          .withName(name)
          .withParameters(parameters.stream().map(Wire::column).toArray(DuckDBColumnType[]::new))
          .withReturnType(result.column())
          .withVectorizedFunction(this::apply)
          .register(connection);
    }
  }

  private void apply(DuckDBDataChunkReader in, DuckDBWritableVector out) {
    for (long row = 0; row < in.rowCount(); row++) {
      Object value = call(in, row);
      if (value == null) {
        out.setNull(row);
      } else {
        result.write(out, row, value);
      }
    }
  }

  private @Nullable Object call(DuckDBDataChunkReader in, long row) {
    List<Object> values = new ArrayList<>(parameters.size());
    for (int i = 0; i < parameters.size(); i++) {
      if (in.vector(i).isNull(row)) {
        return null;
      }
      values.add(parameters.get(i).read(in.vector(i), row));
    }
    try {
      return body.apply(new Arguments(values.toArray()));
    } catch (BadArgument e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      // What it says may hold data.
      throw new BadArgument("a function does not accept a value that it was given");
    }
  }
}
