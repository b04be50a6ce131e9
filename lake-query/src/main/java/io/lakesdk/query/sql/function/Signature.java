package io.lakesdk.query.sql.function;

import java.util.ArrayList;
import java.util.List;

/**
 * A signature in Trino's notation: {@code substr(varchar(x), bigint) varchar(x)}. Upper-case
 * letters stand for any type; three dots after the last parameter let it be repeated.
 *
 * @param variadic whether the last parameter may stand any number of times, at least once
 */
public record Signature(String name, List<Pattern> parameters, boolean variadic, Pattern result) {

  /** Reads the notation. */
  public static Signature parse(String text) {
    return new SignatureParser(text).parse();
  }

  /** The pattern for an argument, counted from 0. */
  public Pattern parameter(int argument) {
    return parameters.get(Math.min(argument, parameters.size() - 1));
  }

  public boolean takes(int arguments) {
    return variadic ? arguments >= parameters.size() : arguments == parameters.size();
  }

  /** As messages show it: {@code substr(varchar(x), bigint)}. */
  @Override
  public String toString() {
    List<String> texts = new ArrayList<>(parameters.stream().map(Pattern::toString).toList());
    return name + "(" + String.join(", ", texts) + (variadic ? "..." : "") + ")";
  }
}
