package io.lakesdk;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A part of the lake's storage with one purpose: a folder of an embedded lake, a bucket or a prefix
 * on AWS. The three of the reference architecture are constants; a lake may have more.
 *
 * @param name 3 to 40 lower-case letters, digits and hyphens, starting with a letter and not ending
 *     with a hyphen, so that it can be part of a bucket's name
 */
public record Zone(String name) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{1,38}[a-z0-9]");

  /** Data as it came. */
  public static final Zone RAW = new Zone("raw");

  /** Data checked and typed. */
  public static final Zone CLEANED = new Zone("cleaned");

  /** Data modelled for those who ask. */
  public static final Zone CURATED = new Zone("curated");

  public Zone {
    Objects.requireNonNull(name, "name");
    if (!NAME.matcher(name).matches()) {
      throw new InvalidDefinitionException(
          "name",
          Subject.zone(name),
          "a zone's name has 3 to 40 lower-case letters, digits and hyphens and starts with a"
              + " letter");
    }
  }

  /** A zone of your own. */
  public static Zone named(String name) {
    return new Zone(name);
  }

  @Override
  public String toString() {
    return name;
  }
}
