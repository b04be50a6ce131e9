package io.lakesdk.storage;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.util.Optional;

/**
 * Which keys are listed.
 *
 * @param prefix keys start with it; empty for all
 * @param delimiter if given, keys that have it after the prefix are rolled up into {@link
 *     ListPage#prefixes}
 * @param startAfter only keys after this one, in byte order; a prefix that a listing with the
 *     delimiter gave stands for all keys that it rolled up
 * @param pageSize how many objects and prefixes together a page holds at most, 1 to 1,000
 */
public record ListOptions(
    String prefix, Optional<String> delimiter, Optional<String> startAfter, int pageSize) {

  private static final int MOST = 1000;

  public ListOptions {
    if (pageSize < 1 || pageSize > MOST) {
      throw new InvalidDefinitionException(
          "list", Subject.option("pageSize"), "a page holds 1 to 1,000 entries");
    }
    if (delimiter.filter(String::isEmpty).isPresent()) {
      throw new InvalidDefinitionException(
          "list", Subject.option("delimiter"), "it is empty; leave it out to list every key");
    }
  }

  public static ListOptions prefix(String prefix) {
    return new ListOptions(prefix, Optional.empty(), Optional.empty(), MOST);
  }

  public ListOptions delimiter(String text) {
    return new ListOptions(prefix, Optional.of(text), startAfter, pageSize);
  }

  public ListOptions startAfter(String key) {
    return new ListOptions(prefix, delimiter, Optional.of(key), pageSize);
  }

  public ListOptions pageSize(int entries) {
    return new ListOptions(prefix, delimiter, startAfter, entries);
  }
}
