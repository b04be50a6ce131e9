package io.lakesdk.metadata;

import java.util.List;

/**
 * The tables of one component, as the steps that make them. Step n brings the component from
 * version n to n + 1; steps are only ever added at the end.
 *
 * @param component the name under which the version is kept; tables start with it
 * @param steps each one or more SQL statements, separated by a semicolon at the end of a line
 */
public record Migrations(String component, List<String> steps) {
  public Migrations {
    steps = List.copyOf(steps);
  }
}
