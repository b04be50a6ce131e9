package io.lakesdk.catalog.crawl;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.Partition;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where a key puts a file: the folder of its table, and its partition there. */
record Place(String location, Partition partition) {

  /** Takes the folder up to the first one named {@code key=value}. */
  static Place of(String key, Subject subject) {
    int at = 0;
    while (true) {
      int slash = key.indexOf('/', at);
      if (slash < 0) {
        return new Place(key.substring(0, at), Partition.none());
      }
      if (key.substring(at, slash).indexOf('=') > 0) {
        return in(key.substring(0, at), key, subject);
      }
      at = slash + 1;
    }
  }

  /** Takes the folder as given; those below it must be named {@code key=value}. */
  static Place in(String location, String key, Subject subject) {
    int end = key.lastIndexOf('/');
    String folders = end < location.length() ? "" : key.substring(location.length(), end);
    Map<String, Optional<String>> values = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, Optional<String>> value :
          Partition.parse(folders).values().entrySet()) {
        if (values.put(value.getKey().toLowerCase(Locale.ROOT), value.getValue()) != null) {
          throw new Unreadable(
              subject, "its folders give partition key " + value.getKey() + " twice");
        }
      }
    } catch (BadDataException | IllegalArgumentException e) {
      throw new Unreadable(
          subject,
          "below the folder of a table, folders are named key=value with each key once, and these"
              + " are not");
    }
    return new Place(location, Partition.of(values));
  }
}
