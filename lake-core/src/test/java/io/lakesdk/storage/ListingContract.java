package io.lakesdk.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.error.InvalidDefinitionException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link ObjectStore} promises about listings. */
public abstract class ListingContract {

  private Lake lake;
  private ObjectStore store;

  /** A new lake with nothing in it. */
  protected abstract Lake open();

  @BeforeEach
  void openLake() {
    lake = open();
    store = lake.store(Zone.RAW);
  }

  @AfterEach
  void closeLake() {
    lake.close();
  }

  private void put(String... keys) {
    for (String key : keys) {
      store.put(key, key.getBytes(UTF_8), PutOptions.defaults());
    }
  }

  /** Objects and prefixes of all pages in one order, which must be that of the pages too. */
  private List<String> entries(ListOptions options) {
    List<String> all = new ArrayList<>();
    Optional<ListOptions> next = Optional.of(options);
    while (next.isPresent()) {
      ListPage page = store.list(next.get());
      assertThat(page.objects().size() + page.prefixes().size())
          .isLessThanOrEqualTo(options.pageSize());
      List<String> entries = new ArrayList<>(page.prefixes());
      page.objects().forEach(object -> entries.add(object.key()));
      entries.sort(BYTES);
      all.addAll(entries);
      next = page.next();
    }
    return all;
  }

  private static final Comparator<String> BYTES =
      (a, b) -> java.util.Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));

  @Test
  void keysAreInTheOrderOfTheirBytes() {
    // in UTF-16 the surrogates of the emoji come before U+FFFD
    put("b", "a/b", "\uFFFD", "🙂", "a", "a\0", "a.b", "B", "ü", "aa");
    assertThat(entries(ListOptions.prefix("")))
        .containsExactly("B", "a", "a\0", "a.b", "a/b", "aa", "b", "ü", "\uFFFD", "🙂");
  }

  @Test
  void aPrefixIsText() {
    put("a", "ab/c", "ab", "b", "ab%", "ab_");
    assertThat(entries(ListOptions.prefix("ab"))).containsExactly("ab", "ab%", "ab/c", "ab_");
    assertThat(entries(ListOptions.prefix("x"))).isEmpty();
  }

  @Test
  void aDelimiterRollsUp() {
    put("a", "b/1", "b/2", "c/d/3", "c/4", "e");
    ListPage page = store.list(ListOptions.prefix("").delimiter("/"));
    assertThat(page.objects()).extracting(ListedObject::key).containsExactly("a", "e");
    assertThat(page.prefixes()).containsExactly("b/", "c/");
    ListPage inside = store.list(ListOptions.prefix("c/").delimiter("/"));
    assertThat(inside.objects()).extracting(ListedObject::key).containsExactly("c/4");
    assertThat(inside.prefixes()).containsExactly("c/d/");
  }

  @Test
  void aDelimiterMayBeAnyText() {
    put("x--y--1", "x--y--2", "x-y");
    ListPage page = store.list(ListOptions.prefix("x").delimiter("--"));
    assertThat(page.objects()).extracting(ListedObject::key).containsExactly("x-y");
    assertThat(page.prefixes()).containsExactly("x--");
  }

  @Test
  void whatFollowsAKeyIsListed() {
    put("a", "b", "c");
    assertThat(entries(ListOptions.prefix("").startAfter("a"))).containsExactly("b", "c");
    assertThat(entries(ListOptions.prefix("").startAfter("aa"))).containsExactly("b", "c");
    assertThat(entries(ListOptions.prefix("").startAfter("c"))).isEmpty();
    assertThat(entries(ListOptions.prefix("b").startAfter("a"))).containsExactly("b");
  }

  @Test
  void aPrefixThatWasListedIsNotListedAgain() {
    put("a", "b/1", "b/2", "c");
    ListOptions options = ListOptions.prefix("").delimiter("/");
    assertThat(entries(options.startAfter("b/"))).containsExactly("c");
    assertThat(entries(options.startAfter("b/1"))).containsExactly("b/", "c");
  }

  @Test
  void deletedKeysAreNotListed() {
    put("a", "b", "c");
    store.delete("b");
    assertThat(entries(ListOptions.prefix(""))).containsExactly("a", "c");
  }

  @Test
  void anEmptyStoreIsOneEmptyPage() {
    ListPage page = store.list(ListOptions.prefix(""));
    assertThat(page.objects()).isEmpty();
    assertThat(page.next()).isEmpty();
    assertThat(store.all("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1001})
  void aPageHoldsUpTo1000(int size) {
    assertThatThrownBy(() -> ListOptions.prefix("").pageSize(size))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage("Cannot list option pageSize: a page holds 1 to 1,000 entries");
  }

  @Test
  void aDelimiterIsNotEmpty() {
    assertThatThrownBy(() -> ListOptions.prefix("").delimiter(""))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage("Cannot list option delimiter: it is empty; leave it out to list every key");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000})
  void pagesTogetherAreTheWholeListing(int pageSize) {
    Random random = new Random(pageSize);
    String[] segments = {"a", "b", "ü", "🙂", "a\0", "-", "z"};
    TreeSet<String> keys = new TreeSet<>(BYTES);
    for (int i = 0; i < 60; i++) {
      StringBuilder key = new StringBuilder(segments[random.nextInt(segments.length)]);
      for (int depth = random.nextInt(3); depth > 0; depth--) {
        key.append('/').append(segments[random.nextInt(segments.length)]);
      }
      keys.add(key.toString());
    }
    keys.forEach(this::put);
    for (String prefix : List.of("", "a", "a/", "🙂/")) {
      List<String> expected = keys.stream().filter(key -> key.startsWith(prefix)).toList();
      ListOptions options = ListOptions.prefix(prefix).pageSize(pageSize);
      assertThat(entries(options)).containsExactlyElementsOf(expected);
      assertThat(store.all(prefix).map(ListedObject::key)).containsExactlyElementsOf(expected);
      TreeSet<String> rolled = new TreeSet<>(BYTES);
      for (String key : expected) {
        int at = key.indexOf('/', prefix.length());
        rolled.add(at < 0 ? key : key.substring(0, at + 1));
      }
      assertThat(entries(options.delimiter("/"))).containsExactlyElementsOf(rolled);
    }
  }

  @Test
  void versionsArePagedToo() {
    for (int i = 0; i < 3; i++) {
      put("a", "b", "b/c");
    }
    store.delete("b");
    assertThat(store.versions("").map(ObjectVersion::key))
        .containsExactly("a", "a", "a", "b", "b", "b", "b", "b/c", "b/c", "b/c");
    for (int i = 0; i < 1100; i++) {
      store.delete("many");
    }
    assertThat(store.versions("many")).hasSize(1100);
    assertThat(store.versions("many").map(ObjectVersion::version).distinct()).hasSize(1100);
    assertThat(store.versions("").filter(v -> v.state() == ObjectVersion.State.LATEST)).hasSize(4);
  }
}
