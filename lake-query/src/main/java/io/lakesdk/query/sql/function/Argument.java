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

  /** A lambda that is understood: the rendered names of its parameters and its value. */
  record Body(List<String> names, Typed value) {
    public Body {
      names = List.copyOf(names);
    }
  }
}
