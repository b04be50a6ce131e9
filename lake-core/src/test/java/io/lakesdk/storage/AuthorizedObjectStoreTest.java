package io.lakesdk.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.AccessPolicy;
import io.lakesdk.access.AccessRequest;
import io.lakesdk.access.Action;
import io.lakesdk.access.DatasetView;
import io.lakesdk.access.Decision;
import io.lakesdk.access.Resource;
import io.lakesdk.error.AccessDeniedException;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AuthorizedObjectStoreTest {

  /** Grants one action and nothing else. */
  private record Only(Action granted) implements AccessPolicy {
    @Override
    public Decision decide(AccessRequest request) {
      return request.action() == granted
          ? new Decision.Allowed("granted")
          : new Decision.Denied("no grant of " + request.action(), "grant it");
    }

    @Override
    public DatasetView view(Principal principal, Resource.OfDataset dataset) {
      return DatasetView.nothing();
    }
  }

  private static void refused(Stream<ThrowingCallable> calls, String reason) {
    calls.forEach(
        call ->
            assertThatThrownBy(call)
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageEndingWith(reason + "; grant it"));
  }

  private static Stream<ThrowingCallable> reading(ObjectStore store) {
    return Stream.of(
        () -> store.get("a", ReadOptions.current()),
        () -> store.head("a", ReadOptions.current()),
        () -> store.exists("a"),
        () -> store.list(ListOptions.prefix("")),
        () -> store.all(""),
        () -> store.versions(""),
        () -> store.copy("a", ReadOptions.current(), "b", PutOptions.defaults()));
  }

  private static Stream<ThrowingCallable> writing(ObjectStore store) {
    return Stream.of(
        () -> store.put("a", new byte[1], PutOptions.defaults()),
        () -> store.upload("a", PutOptions.defaults()),
        () -> store.delete("a"),
        () -> store.deleteVersion("a", "version"),
        () -> store.deleteAll(List.of("a")),
        () -> store.deleteAll(List.of()));
  }

  @Test
  void aReaderReadsAndWritesNothing() {
    try (Lake lake = Lake.inMemory()) {
      lake.store(Zone.RAW).put("a", new byte[1], PutOptions.defaults());
      lake.enforce(new Only(Action.READ));
      ObjectStore store = lake.as(Principal.role("reader")).store(Zone.RAW);
      assertThat(store.exists("a")).isTrue();
      assertThat(store.all("")).hasSize(1);
      refused(writing(store), "no grant of write");
      ReadOptions current = ReadOptions.current();
      refused(
          Stream.of(() -> store.copy("a", current, "b", PutOptions.defaults())),
          "no grant of write");
      assertThat(lake.store(Zone.RAW).versions("")).hasSize(1);
    }
  }

  @Test
  void aWriterWritesAndReadsNothing() {
    try (Lake lake = Lake.inMemory()) {
      lake.enforce(new Only(Action.WRITE));
      ObjectStore store = lake.as(Principal.role("writer")).store(Zone.RAW);
      store.put("a", new byte[1], PutOptions.defaults());
      refused(reading(store), "no grant of read");
      assertThat(store.deleteAll(List.of("a"))).isEmpty();
    }
  }
}
