package io.lakesdk.process;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a pipeline does to rows between its read and its write. Made by {@link Pipeline.Builder}.
 */
public sealed interface Step {

  /** How reports call it. */
  String name();

  /** Rows that break a rule are kept aside; see {@link Pipeline.Builder#expect}. */
  record Expect(List<Rule> rules) implements Step {
    public Expect {
      rules = List.copyOf(rules);
    }

    @Override
    public String name() {
      return "expect " + Step.counted(rules);
    }
  }

  /** A row that breaks a rule ends the run; see {@link Pipeline.Builder#require}. */
  record Require(List<Rule> rules) implements Step {
    public Require {
      rules = List.copyOf(rules);
    }

    @Override
    public String name() {
      return "require " + Step.counted(rules);
    }
  }

  /** A statement over the rows; see {@link Pipeline.Builder#sql}. */
  record Sql(String statement) implements Step {
    public Sql {
      Objects.requireNonNull(statement, "statement");
    }

    @Override
    public String name() {
      return "sql";
    }
  }

  /**
   * A Java function over the rows; see {@link Pipeline.Builder#map}.
   *
   * @param from what a row is for the function
   * @param to what the rows after it are
   * @param function any number of rows for each row
   */
  record Map<A extends Record, B extends Record>(
      Class<A> from, Class<B> to, Function<? super A, ? extends Stream<? extends B>> function)
      implements Step {
    public Map {
      Objects.requireNonNull(from, "from");
      Objects.requireNonNull(to, "to");
      Objects.requireNonNull(function, "function");
    }

    @Override
    public String name() {
      return "map " + from.getSimpleName() + " to " + to.getSimpleName();
    }
  }

  private static String counted(List<Rule> rules) {
    return rules.size() == 1 ? rules.get(0).name() : rules.size() + " rules";
  }
}
