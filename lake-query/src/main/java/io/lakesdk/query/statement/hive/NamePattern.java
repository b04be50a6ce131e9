package io.lakesdk.query.statement.hive;

import java.util.List;
import java.util.Locale;

/**
 * A pattern of names as SHOW takes it: {@code *} or {@code .*} stands for any characters, and
 * {@code |} separates alternatives; everything else stands for itself. Source: "SHOW TABLES" and
 * "SHOW VIEWS" of the Athena user guide.
 *
 * @param alternatives each a list of texts with anything between them
 */
public record NamePattern(List<List<String>> alternatives) {

  public NamePattern {
    alternatives = List.copyOf(alternatives);
  }

  public static NamePattern any() {
    return of("*");
  }

  public static NamePattern of(String pattern) {
    String stars = pattern.toLowerCase(Locale.ROOT).replace(".*", "*");
    return new NamePattern(
        List.of(stars.split("\\|", -1)).stream()
            .map(alternative -> List.of(alternative.split("\\*", -1)))
            .toList());
  }

  public boolean matches(String name) {
    return alternatives.stream().anyMatch(parts -> matches(name, parts));
  }

  private static boolean matches(String name, List<String> parts) {
    String first = parts.get(0);
    String last = parts.get(parts.size() - 1);
    if (parts.size() == 1) {
      return name.equals(first);
    }
    int place = first.length();
    int end = name.length() - last.length();
    if (!name.startsWith(first) || !name.endsWith(last) || end < place) {
      return false;
    }
    for (String part : parts.subList(1, parts.size() - 1)) {
      int found = name.indexOf(part, place);
      if (found < 0) {
        return false;
      }
      place = found + part.length();
    }
    return place <= end;
  }
}
