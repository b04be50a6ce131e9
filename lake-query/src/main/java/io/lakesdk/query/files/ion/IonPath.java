package io.lakesdk.query.files.ion;

import io.lakesdk.Format.LetterCase;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A search path such as {@code (address street)}, which leads from a value at the top of a file to
 * one inside of it. Source: "Use search paths in path extractors" in the Athena User Guide.
 *
 * @param annotations those that the value at the top has to have; any if there are none
 */
public record IonPath(List<String> annotations, List<Step> steps) {

  private static final String NAME = "(?:[A-Za-z_$][A-Za-z0-9_$]*|'[^'\\\\]+'|\"[^\"\\\\]*\")";
  private static final Pattern STEP =
      Pattern.compile("((?:" + NAME + "\\s*::\\s*)*)(" + NAME + "|\\d{1,9}|\\*)");
  private static final Pattern PATH =
      Pattern.compile(
          "((?:%1$s\\s*::\\s*)*)\\((\\s*(?:%2$s(?:\\s+%2$s)*\\s*)?)\\)"
              .formatted(NAME, STEP.pattern().replace("(", "(?:").replace("(?:?:", "(?:")));

  /** An annotation that makes a text of what would be a wild card or an index. */
  private static final String TEXT_ALONE = "$ion_extractor_field";

  public IonPath {
    annotations = List.copyOf(annotations);
    steps = List.copyOf(steps);
  }

  /**
   * One step into a value.
   *
   * @param annotations those that the value there has to have; any if there are none
   * @param kind how it is found
   * @param name of the field, where it goes by name
   * @param index of the value, where it goes by place, from 0
   */
  public record Step(List<String> annotations, Kind kind, String name, OptionalInt index) {
    public Step {
      annotations = List.copyOf(annotations);
    }

    /** Whether nothing but the name of a field decides. */
    boolean isByName() {
      return annotations.isEmpty() && kind != Kind.INDEX;
    }
  }

  /** How a value is found inside another. */
  public enum Kind {
    NAME,
    INDEX,
    ANY
  }

  /** Whether a text is a search path. */
  public static boolean isPath(String text) {
    return PATH.matcher(text.strip()).matches();
  }

  /** The path to a field at the top. */
  static IonPath to(String field) {
    return new IonPath(
        List.of(), List.of(new Step(List.of(), Kind.NAME, field, OptionalInt.empty())));
  }

  /**
   * @param text that {@link #isPath}
   */
  static IonPath of(String text) {
    Matcher path = PATH.matcher(text.strip());
    if (!path.matches()) {
      throw new IllegalArgumentException("no search path");
    }
    List<Step> steps = new ArrayList<>();
    Matcher step = STEP.matcher(path.group(2));
    while (step.find()) {
      steps.add(step(names(step.group(1)), step.group(2)));
    }
    return new IonPath(names(path.group(1)), steps);
  }

  private static Step step(List<String> annotations, String text) {
    boolean textAlone = !annotations.isEmpty() && annotations.get(0).equals(TEXT_ALONE);
    if (textAlone) {
      List<String> rest = annotations.subList(1, annotations.size());
      return new Step(rest, Kind.NAME, unquoted(text), OptionalInt.empty());
    }
    if (text.equals("*")) {
      return new Step(annotations, Kind.ANY, "", OptionalInt.empty());
    }
    return Character.isDigit(text.charAt(0))
        ? new Step(annotations, Kind.INDEX, "", OptionalInt.of(Integer.parseInt(text)))
        : new Step(annotations, Kind.NAME, unquoted(text), OptionalInt.empty());
  }

  private static List<String> names(String annotations) {
    List<String> names = new ArrayList<>();
    Matcher name = Pattern.compile(NAME).matcher(annotations);
    while (name.find()) {
      names.add(unquoted(name.group()));
    }
    return names;
  }

  private static String unquoted(String text) {
    char first = text.charAt(0);
    return first == '\'' || first == '"' ? text.substring(1, text.length() - 1) : text;
  }

  /** Whether two names are the same. */
  static boolean same(String one, String other, LetterCase letters) {
    return letters == LetterCase.IGNORED ? one.equalsIgnoreCase(other) : one.equals(other);
  }

  /** Whether annotations are those that a path asks for. */
  static boolean same(List<String> asked, String[] there, LetterCase letters) {
    if (asked.isEmpty()) {
      return true;
    }
    boolean same = asked.size() == there.length;
    for (int i = 0; same && i < there.length; i++) {
      same = same(asked.get(i), there[i], letters);
    }
    return same;
  }
}
