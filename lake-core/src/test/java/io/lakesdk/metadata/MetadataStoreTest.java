package io.lakesdk.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.fault.Faults;
import io.lakesdk.fault.Seam;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataStoreTest {

  private static final String FIRST =
      "CREATE TABLE test_item(id INTEGER PRIMARY KEY, name TEXT UNIQUE) STRICT;\n";
  private static final Migrations ITEMS = new Migrations("test", List.of(FIRST));

  @TempDir Path folder;

  private static Seam seam() {
    return new Seam(Faults.none(), new SimpleMeterRegistry());
  }

  private static MetadataStore inMemory() {
    MetadataStore store = MetadataStore.inMemory(seam());
    store.migrate(ITEMS);
    return store;
  }

  private MetadataStore file() {
    MetadataStore store = MetadataStore.create(folder.resolve("test.db"), seam());
    store.migrate(ITEMS);
    return store;
  }

  private static int add(MetadataStore store, String name) {
    return store.write(tx -> tx.update("INSERT INTO test_item(name) VALUES (?)", name));
  }

  private static List<String> names(MetadataStore store) {
    return store.read(
        tx -> tx.list("SELECT name FROM test_item ORDER BY name", row -> row.text("name")));
  }

  @Test
  void statementsOfOneTextRunInsideEachOtherAndAfterFailures() {
    MetadataStore store = file();
    add(store, "a");
    add(store, "b");
    String all = "SELECT name FROM test_item ORDER BY name";
    List<String> pairs = new ArrayList<>();
    store.read(
        tx -> {
          tx.each(
              all,
              outer -> tx.each(all, inner -> pairs.add(outer.text("name") + inner.text("name"))));
          return true;
        });
    assertThat(pairs).containsExactly("aa", "ab", "ba", "bb");

    assertThatThrownBy(() -> add(store, "a")).isInstanceOf(ConflictException.class);
    add(store, "c");
    assertThat(names(store)).containsExactly("a", "b", "c");
  }

  @Test
  void statementsAreRightHoweverManyTextsTheyHave() {
    MetadataStore store = file();
    add(store, "a");
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 300; i++) {
        long number = i;
        String sql = "SELECT " + i + " + id AS number FROM test_item WHERE name = ?";
        Optional<Long> found = store.read(tx -> tx.first(sql, row -> row.number("number"), "a"));
        assertThat(found).contains(number + 1);
      }
    }
  }

  @Test
  void aWriteInsideAWriteIsPartOfIt() {
    try (MetadataStore store = inMemory()) {
      store.write(
          tx -> {
            add(store, "inner");
            assertThat(names(store)).containsExactly("inner");
            return tx.update("INSERT INTO test_item(name) VALUES ('outer')");
          });
      assertThat(names(store)).containsExactly("inner", "outer");
    }
  }

  @Test
  void whatFailsUndoesAllOfIt() {
    try (MetadataStore store = file()) {
      assertThatThrownBy(
              () ->
                  store.write(
                      tx -> {
                        add(store, "inner");
                        throw new IllegalStateException("on purpose");
                      }))
          .hasMessage("on purpose");
      assertThat(names(store)).isEmpty();
      add(store, "later");
      assertThat(names(store)).containsExactly("later");
    }
  }

  @Test
  void actionsFollowTheOutcomeOfTheOutermost() {
    List<String> done = new ArrayList<>();
    try (MetadataStore store = file()) {
      store.write(
          tx -> {
            store.write(
                inner -> {
                  inner.afterCommit(() -> done.add("kept " + names(store)));
                  inner.afterRollback(() -> done.add("undone"));
                  return add(store, "a");
                });
            assertThat(done).isEmpty();
            return 0;
          });
      assertThat(done).containsExactly("kept [a]");
      assertThatThrownBy(
              () ->
                  store.write(
                      tx -> {
                        tx.afterCommit(() -> done.add("kept"));
                        tx.afterRollback(() -> done.add("undone " + names(store)));
                        throw new IllegalStateException("on purpose");
                      }))
          .hasMessage("on purpose");
      assertThat(done).containsExactly("kept [a]", "undone [a]");
    }
  }

  @Test
  void aReaderCannotWrite() {
    try (MetadataStore store = inMemory()) {
      assertThatThrownBy(() -> store.read(tx -> add(store, "a")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("a write was started inside a transaction that only reads");
    }
  }

  @Test
  void aReaderSeesOneStateWhileOthersWrite() {
    try (MetadataStore store = file();
        MetadataStore other = MetadataStore.open(folder.resolve("test.db"), seam())) {
      add(store, "a");
      store.read(
          tx -> {
            List<String> before = names(store);
            add(other, "b");
            assertThat(names(store)).isEqualTo(before);
            return before;
          });
      assertThat(names(store)).containsExactly("a", "b");
    }
  }

  @Test
  void manyThreadsAndTwoStoresLoseNothing() throws Exception {
    int threads = 8;
    int each = 25;
    try (MetadataStore one = file();
        MetadataStore two = MetadataStore.open(folder.resolve("test.db"), seam())) {
      List<Callable<Integer>> work = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        MetadataStore store = thread % 2 == 0 ? one : two;
        String name = "thread " + thread + " ";
        work.add(
            () -> {
              for (int i = 0; i < each; i++) {
                add(store, name + i);
                names(store);
              }
              return each;
            });
      }
      ExecutorService pool = Executors.newFixedThreadPool(threads);
      try {
        for (Future<Integer> done : pool.invokeAll(work)) {
          done.get();
        }
      } finally {
        pool.shutdown();
      }
      assertThat(names(one)).hasSize(threads * each).isEqualTo(names(two));
    }
  }

  @Test
  void theSameEntryTwiceIsAConflict() {
    try (MetadataStore store = inMemory()) {
      add(store, "a");
      assertThatThrownBy(() -> add(store, "a"))
          .isInstanceOf(ConflictException.class)
          .hasMessage("Cannot use metadata in memory: somebody else made the same entry first");
    }
  }

  @Test
  void valuesComeBackAsTheyWere() {
    Instant now = Instant.parse("2026-01-01T00:00:00.123456Z");
    try (MetadataStore store = inMemory()) {
      store.read(
          tx ->
              tx.list(
                  "SELECT ? AS t, ? AS n, ? AS f, ? AS b, ? AS i, ? AS none",
                  row -> {
                    assertThat(row.text("t")).isEqualTo("text");
                    assertThat(row.number("n")).isEqualTo(Long.MIN_VALUE);
                    assertThat(row.flag("f")).isTrue();
                    assertThat(row.bytes("b")).isEqualTo(new byte[] {0, -1});
                    assertThat(row.instant("i")).isEqualTo(now);
                    assertThat(row.optionalText("none")).isEmpty();
                    assertThat(row.optionalNumber("none")).isEmpty();
                    assertThat(row.optionalInstant("none")).isEmpty();
                    return row;
                  },
                  "text",
                  Long.MIN_VALUE,
                  true,
                  new byte[] {0, -1},
                  now,
                  Optional.empty()));
    }
  }

  @Test
  void stepsAreAddedForward() {
    Migrations more =
        new Migrations(
            "test",
            List.of(FIRST, "ALTER TABLE test_item ADD COLUMN size INTEGER NOT NULL DEFAULT 7;\n"));
    try (MetadataStore store = file()) {
      add(store, "a");
      store.migrate(more);
      store.migrate(more);
      Optional<Long> size =
          store.read(tx -> tx.first("SELECT size FROM test_item", row -> row.number("size")));
      assertThat(size).contains(7L);
      assertThatThrownBy(() -> store.migrate(ITEMS))
          .isInstanceOf(BadDataException.class)
          .hasMessageEndingWith(
              "its test tables are of version 2 and this SDK knows versions up to 1; open the lake"
                  + " with the newer SDK that wrote it");
    }
  }

  @Test
  void aStepThatFailsChangesNothing() {
    Migrations broken = new Migrations("test", List.of(FIRST, "ALTER TABLE absent ADD x;\n"));
    try (MetadataStore store = file()) {
      assertThatThrownBy(() -> store.migrate(broken)).isInstanceOf(IllegalStateException.class);
      store.migrate(ITEMS);
      add(store, "a");
    }
  }

  @Test
  void aMissingOrDamagedFileIsSaid() throws IOException {
    Path absent = folder.resolve("absent.db");
    assertThatThrownBy(() -> MetadataStore.open(absent, seam()))
        .isInstanceOf(NotFoundException.class)
        .hasMessageStartingWith("Cannot open metadata " + absent + ": the file is gone");
    assertThat(absent).doesNotExist();
    Path damaged = Files.writeString(folder.resolve("damaged.db"), "x".repeat(5000));
    assertThatThrownBy(
            () -> {
              try (MetadataStore store = MetadataStore.open(damaged, seam())) {
                store.migrate(ITEMS);
              }
            })
        .isInstanceOf(BadDataException.class)
        .hasMessage(
            "Cannot use metadata "
                + damaged
                + ": the file is damaged or not a database; restore it from a backup");
    assertThat(damaged).hasContent("x".repeat(5000));
  }

  @Test
  void aClosedStoreRefuses() {
    MetadataStore store = inMemory();
    store.close();
    store.close();
    assertThatThrownBy(() -> names(store))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("Cannot use metadata in memory: the lake was closed");
  }
}
