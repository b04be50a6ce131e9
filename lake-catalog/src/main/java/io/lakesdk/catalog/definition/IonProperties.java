package io.lakesdk.catalog.definition;

import io.lakesdk.Format;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the properties of the Ion Hive SerDe say of files. Source: "Amazon Ion SerDe property
 * reference" in the Athena User Guide.
 */
public final class IonProperties {

  public static final String SERDE = "com.amazon.ionhiveserde.IonHiveSerDe";
  public static final String INPUT = "com.amazon.ionhiveserde.formats.IonInputFormat";
  public static final String OUTPUT = "com.amazon.ionhiveserde.formats.IonOutputFormat";

  private static final String OVERFLOW = "ion.fail_on_overflow";
  private static final String CASE = "ion.path_extractor.case_sensitive";
  private static final String MALFORMED = "ion.ignore_malformed";
  private static final Pattern OF_COLUMN =
      Pattern.compile("ion\\.(.+)\\.(path_extractor|fail_on_overflow)");

  /** They say how rows are written. */
  private static final Pattern WRITING =
      Pattern.compile(
          "ion\\.(encoding|timestamp\\.serialization_offset|serialize_null|.+\\.serialize_as)");

  private IonProperties() {}

  /** Whether a property is one that Athena knows. */
  public static boolean isKnown(String name) {
    return name.equals(OVERFLOW)
        || name.equals(CASE)
        || name.equals(MALFORMED)
        || OF_COLUMN.matcher(name).matches()
        || WRITING.matcher(name).matches();
  }

  /** The format that properties say; others are passed over. */
  public static Format.Ion format(Map<String, String> properties) {
    Map<String, String> paths = new HashMap<>();
    Map<String, Format.Overflow> overflows = new HashMap<>();
    properties.forEach(
        (name, value) -> {
          Matcher matcher = OF_COLUMN.matcher(name);
          if (matcher.matches()) {
            String column = matcher.group(1).toLowerCase(Locale.ROOT);
            if (matcher.group(2).equals("path_extractor")) {
              paths.put(column, value);
            } else {
              overflows.put(column, overflow(value));
            }
          }
        });
    return new Format.Ion(
        paths,
        isTrue(properties.get(CASE)) ? Format.LetterCase.EXACT : Format.LetterCase.IGNORED,
        overflow(properties.getOrDefault(OVERFLOW, "true")),
        overflows,
        isTrue(properties.get(MALFORMED)) ? Format.Damage.PASSED_OVER : Format.Damage.REFUSED);
  }

  private static boolean isTrue(@Nullable String value) {
    return "true".equalsIgnoreCase(value);
  }

  private static Format.Overflow overflow(String value) {
    return isTrue(value) ? Format.Overflow.REFUSED : Format.Overflow.CUT;
  }

  /** The properties that say a format, in order; those alone that are not as usual. */
  public static Map<String, String> of(Format.Ion format) {
    Map<String, String> properties = new TreeMap<>();
    format.paths().forEach((column, path) -> properties.put(path(column), path));
    format
        .overflows()
        .forEach(
            (column, overflow) ->
                properties.put("ion." + column + ".fail_on_overflow", fails(overflow)));
    if (format.letters() == Format.LetterCase.EXACT) {
      properties.put(CASE, "true");
    }
    if (format.overflow() == Format.Overflow.CUT) {
      properties.put(OVERFLOW, "false");
    }
    if (format.damage() == Format.Damage.PASSED_OVER) {
      properties.put(MALFORMED, "true");
    }
    return properties;
  }

  private static String fails(Format.Overflow overflow) {
    return String.valueOf(overflow == Format.Overflow.REFUSED);
  }

  /** The property that says where a column is. */
  public static String path(String column) {
    return "ion." + column + ".path_extractor";
  }
}
