package io.lakesdk.security;

import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.Action;
import io.lakesdk.access.Decision;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Why a principal may do something, or may not. {@link #toString} says it in sentences.
 *
 * @param principal who
 * @param action what for
 * @param resource to what, as {@code dataset aviation.flights}
 * @param columns which columns were asked for, lower-case
 * @param decision the answer
 * @param grants if allowed, the grants that do; empty for the administrator
 * @param rows if allowed, the row filters that apply to such a statement: of each element one
 *     alternative must hold; empty for all rows
 * @param missing if refused, a grant that would allow it; empty where nothing can be granted
 * @param unless where only a dataset's name was given: zones that the principal may read, so that
 *     it sees all of the dataset if that lives in one of them
 */
public record Explanation(
    Principal principal,
    Action action,
    String resource,
    Set<String> columns,
    Decision decision,
    List<Grant> grants,
    List<Set<String>> rows,
    List<Grant> missing,
    Set<Zone> unless) {

  public Explanation {
    columns = Set.copyOf(columns);
    grants = List.copyOf(grants);
    rows = List.copyOf(rows);
    missing = List.copyOf(missing);
    unless = Set.copyOf(unless);
  }

  public boolean isAllowed() {
    return decision.isAllowed();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(principal).append(isAllowed() ? " may " : " may not ").append(action).append(' ');
    if (!columns.isEmpty()) {
      text.append(columns.stream().sorted().collect(Collectors.joining(", "))).append(" of ");
    }
    text.append(resource).append(": ").append(decision.reason()).append('.');
    for (Grant grant : grants) {
      text.append("\n  allowed by ").append(grant);
    }
    for (Set<String> alternatives : rows) {
      text.append("\n  only rows where ").append(String.join(" or ", alternatives));
    }
    for (Grant grant : missing) {
      text.append("\n  missing is ").append(grant);
    }
    if (!unless.isEmpty()) {
      text.append("\n  it may read zones ")
          .append(unless.stream().map(Zone::name).sorted().collect(Collectors.joining(", ")))
          .append(", and so all of the dataset if it lives there");
    }
    return text.toString();
  }
}
