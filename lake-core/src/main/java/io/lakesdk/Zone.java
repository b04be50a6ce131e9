package io.lakesdk;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A part of the lake's storage with one purpose: a folder of an embedded lake, a bucket or a prefix
 * on AWS. The three of the reference architecture are constants; a lake may have more. What its
 * storage shall be like is a value of its own, {@link ZoneSettings}, which starts here: {@code
 * Zone.RAW.expireAfter(Duration.ofDays(365))}.
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

  /** Encrypts objects that say nothing else with a KMS key. */
  public ZoneSettings encryptedWith(KeyId key) {
    return ZoneSettings.of(this).encryptedWith(key);
  }

  /**
   * Moves objects to another storage class when they are some days old; several moves are given in
   * the order in which they happen.
   */
  public ZoneSettings.Moving moveTo(StorageClass storage) {
    return ZoneSettings.of(this).moveTo(storage);
  }

  /** Deletes objects of this age; in a zone with versions they become old versions. */
  public ZoneSettings expireAfter(Duration age) {
    return ZoneSettings.of(this).expireAfter(age);
  }

  /** Deletes versions for good that were replaced or deleted so long ago. */
  public ZoneSettings keepOldVersions(Duration time) {
    return ZoneSettings.of(this).keepOldVersions(time);
  }

  @Override
  public String toString() {
    return name;
  }
}
