package io.lakesdk.storage.embedded;

import io.lakesdk.Zone;
import io.lakesdk.metadata.Tx;
import io.lakesdk.storage.ListOptions;
import io.lakesdk.storage.ListPage;
import io.lakesdk.storage.ListedObject;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.check.Keys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes one page of a listing. Keys that roll up into one prefix are passed over with one look into
 * the index, however many they are.
 */
final class Listing {

  private static final int FIRST_LOOK = 16;

  private final Zone zone;
  private final ListOptions options;
  private final byte[] before;
  private final List<ListedObject> objects = new ArrayList<>();
  private final List<String> prefixes = new ArrayList<>();
  private String last = "";

  Listing(Zone zone, ListOptions options) {
    this.zone = zone;
    this.options = options;
    this.before = Keys.after(Keys.encode("list", zone, options.prefix()));
  }

  ListPage page(Tx tx) {
    byte[] from = start();
    int look = options.delimiter().isEmpty() ? options.pageSize() + 1 : FIRST_LOOK;
    while (true) {
      List<ObjectIndex.Entry> entries = ObjectIndex.current(tx, zone, from, before, look);
      byte[] next = null;
      for (ObjectIndex.Entry entry : entries) {
        if (objects.size() + prefixes.size() == options.pageSize()) {
          return new ListPage(objects, prefixes, Optional.of(options.startAfter(last)));
        }
        Optional<String> rolled = rolledUp(entry.info().key());
        if (rolled.isPresent()) {
          prefixes.add(rolled.get());
          last = rolled.get();
          next = Keys.after(Keys.encode("list", zone, last));
          break;
        }
        ObjectInfo info = entry.info();
        objects.add(new ListedObject(info.key(), info.size(), info.etag(), info.modified()));
        last = entry.info().key();
      }
      if (next == null && entries.size() < look) {
        return new ListPage(objects, prefixes, Optional.empty());
      }
      look = next == null ? Math.min(2 * look, options.pageSize() + 1) : FIRST_LOOK;
      from = next == null ? following(Keys.encode("list", zone, last)) : next;
    }
  }

  private byte[] start() {
    byte[] first = Keys.encode("list", zone, options.prefix());
    if (options.startAfter().isEmpty()) {
      return first;
    }
    String after = options.startAfter().get();
    byte[] bytes = Keys.encode("list", zone, after);
    byte[] start =
        rolledUp(after).filter(after::equals).isPresent() ? Keys.after(bytes) : following(bytes);
    return Arrays.compareUnsigned(start, first) > 0 ? start : first;
  }

  /** The least key that comes after this one. */
  private static byte[] following(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  private Optional<String> rolledUp(String key) {
    if (options.delimiter().isEmpty() || !key.startsWith(options.prefix())) {
      return Optional.empty();
    }
    String delimiter = options.delimiter().get();
    int at = key.indexOf(delimiter, options.prefix().length());
    return at < 0 ? Optional.empty() : Optional.of(key.substring(0, at + delimiter.length()));
  }
}
