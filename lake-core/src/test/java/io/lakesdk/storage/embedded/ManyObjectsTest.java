package io.lakesdk.storage.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.EmbeddedBackend;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.storage.ListOptions;
import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectRef;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.PutOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What costs must not grow with the number of objects. */
@Tag("slow")
class ManyObjectsTest {

  private static final int MANY = 1000;
  private static final int TURNS = 201;

  private static long time(Runnable work) {
    long started = System.nanoTime();
    work.run();
    return System.nanoTime() - started;
  }

  private static long median(int times, LongSupplier measured) {
    long[] all = new long[times];
    Arrays.setAll(all, i -> measured.getAsLong());
    Arrays.sort(all);
    return all[times / 2];
  }

  /** Both by turns, so that whatever else the machine does slows both. */
  @Test
  void aPutIntoAFullLakeIsAsFastAsIntoAnEmptyOne(@TempDir Path root) {
    try (Lake full = Lake.at(root.resolve("full"));
        Lake empty = Lake.at(root.resolve("empty"))) {
      for (int i = 0; i < MANY; i++) {
        put(full, i);
      }
      long[] intoFull = new long[TURNS];
      long[] intoEmpty = new long[TURNS];
      for (int i = 0; i < TURNS; i++) {
        int number = MANY + i;
        intoFull[i] = time(() -> put(full, number));
        intoEmpty[i] = time(() -> put(empty, number));
      }
      long last = median(TURNS, Arrays.stream(intoFull).iterator()::nextLong);
      long first = median(TURNS, Arrays.stream(intoEmpty).iterator()::nextLong);
      System.out.printf("a put takes %d us, then %d us%n", first / 1000, last / 1000);
      assertThat(last).isLessThan(first * 3 / 2);
    }
  }

  private static void put(Lake lake, int number) {
    lake.store(Zone.RAW).put("many/" + number, new byte[100], PutOptions.defaults());
  }

  @Test
  void leasesAreCheap(@TempDir Path root) {
    for (Lake opened : List.of(Lake.at(root), Lake.inMemory())) {
      try (Lake lake = opened) {
        LocalFiles files = ((EmbeddedBackend) lake.backend()).files();
        List<ObjectRef> refs = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
          ObjectInfo info =
              lake.store(Zone.RAW).put("many/" + i, new byte[100], PutOptions.defaults());
          refs.add(new ObjectRef(Zone.RAW, info.key(), info.version()));
        }
        long first = time(() -> files.lease(refs).close());
        long later = median(5, () -> time(() -> files.lease(refs).close()));
        System.out.printf(
            "%s: a lease of %d takes %d us, then %d us%n", lake, MANY, first / 1000, later / 1000);
      }
    }
  }

  @Test
  void whatIsRolledUpIsNotRead() {
    try (Lake lake = Lake.inMemory()) {
      ObjectStore store = lake.store(Zone.RAW);
      store.put("a", new byte[0], PutOptions.defaults());
      for (int i = 0; i < 20 * MANY; i++) {
        store.put("b/" + i, new byte[0], PutOptions.defaults());
      }
      store.put("c", new byte[0], PutOptions.defaults());
      ListOptions options = ListOptions.prefix("").delimiter("/");
      assertThat(store.list(options).prefixes()).containsExactly("b/");
      long rolledUp = median(21, () -> time(() -> store.list(options)));
      long page = median(21, () -> time(() -> store.list(ListOptions.prefix("b/"))));
      System.out.println(Map.of("rolled up us", rolledUp / 1000, "a page us", page / 1000));
      assertThat(rolledUp).isLessThan(page);
    }
  }
}
