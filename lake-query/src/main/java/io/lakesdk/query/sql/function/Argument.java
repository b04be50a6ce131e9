package io.lakesdk.query.sql.function;

import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.type.SqlType;
import java.util.List;

/** An argument of a call: a value, or a lambda whose types are known once the function is. */
public sealed interface Argument {

  /** What messages call it: its type. */
  String describe();

  /** A value. */
  record Value(Typed typed) implements Argument {
    @Override
    public String describe() {
      return typed.type().toString();
    }
  }

  /** A lambda of so many parameters. */
  record Lambda(int parameters, Analyzer analyzer) implements Argument {
    @Override
    public String describe() {
      return "function(" + parameters + ")";
    }
  }

  /** Understands a lambda. */
  interface Analyzer {
    /** The lambda, given the types of its parameters; fails if their number is wrong. */
    Body analyze(List<SqlType> parameters);
  }

  /**
   * A lambda that is understood: the rendered name of its parameter and its value. Several
   * parameters are the fields p0, p1 and so on of one.
   */
  record Body(String name, Typed value) {}
}
