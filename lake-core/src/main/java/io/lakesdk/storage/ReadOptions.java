package io.lakesdk.storage;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.util.Optional;

/**
 * Which bytes of which version are read.
 *
 * @param range a part of the object; all of it if empty
 * @param version a version; the current one if empty
 * @param ifMatch the ETag that it must have, if any
 */
public record ReadOptions(
    Optional<Range> range, Optional<String> version, Optional<String> ifMatch) {

  private static final ReadOptions CURRENT =
      new ReadOptions(Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * A part of an object. A range that reaches beyond the end is cut at the end.
   *
   * @param offset of the first byte, from 0; a negative one counts from the end, and {@code length}
   *     bytes are then read from there
   * @param length in bytes, at least 1
   */
  public record Range(long offset, long length) {
    public Range {
      if (length < 1) {
        throw new InvalidDefinitionException(
            "read", Subject.option("range"), "a range has at least one byte");
      }
    }
  }

  /** All of the current version. */
  public static ReadOptions current() {
    return CURRENT;
  }

  public ReadOptions range(long offset, long length) {
    return new ReadOptions(Optional.of(new Range(offset, length)), version, ifMatch);
  }

  public ReadOptions version(String id) {
    return new ReadOptions(range, Optional.of(id), ifMatch);
  }

  public ReadOptions ifMatch(String etag) {
    return new ReadOptions(range, version, Optional.of(etag));
  }
}
