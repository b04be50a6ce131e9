package io.lakesdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.access.Action;
import io.lakesdk.access.Decision;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.event.AccessDecidedEvent;
import io.lakesdk.event.LakeEvent;
import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.ReadOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LakeTest {

  private static void put(Lake lake, String key) {
    lake.store(Zone.RAW).put(key, new byte[1], PutOptions.defaults());
  }

  @Test
  void twoLakesInMemoryShareNothing() {
    try (Lake one = Lake.inMemory();
        Lake two = Lake.inMemory()) {
      put(one, "a");
      assertThat(two.store(Zone.RAW).exists("a")).isFalse();
    }
  }

  @Test
  void aClosedLakeRefuses() {
    Lake lake = Lake.inMemory();
    ObjectStore store = lake.store(Zone.RAW);
    LocalFiles files = ((EmbeddedBackend) lake.backend()).files();
    put(lake, "a");
    lake.close();
    lake.close();
    assertThatThrownBy(() -> store.put("a", new byte[1], PutOptions.defaults()))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("Cannot use lake in memory: the lake was closed");
    assertThatThrownBy(() -> store.head("a", ReadOptions.current()))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("Cannot use metadata in memory: the lake was closed");
    assertThatThrownBy(() -> store.upload("a", PutOptions.defaults()))
        .isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> files.lease(List.of())).isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> lake.shared(AutoCloseable.class, () -> () -> {}))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("Cannot use lake in memory: it was closed");
  }

  @Test
  void onlyTheAdministratorLooksAsSomebodyElse() {
    try (Lake lake = Lake.inMemory()) {
      Lake analyst = lake.as(Principal.role("analyst"));
      assertThat(analyst.principal()).isEqualTo(Principal.role("analyst"));
      assertThat(analyst.as(Principal.role("analyst"))).isNotNull();
      assertThatThrownBy(() -> analyst.as(Principal.role("auditor")))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessage(
              "Cannot open lake in memory: role analyst may not act as role auditor; ask whoever"
                  + " opened the lake for that view");
      assertThatThrownBy(() -> analyst.as(Principal.ADMINISTRATOR))
          .isInstanceOf(AccessDeniedException.class);
    }
  }

  @Test
  void closingAViewClosesNothing() {
    try (Lake lake = Lake.inMemory()) {
      lake.as(Principal.role("analyst")).close();
      lake.as(Principal.ADMINISTRATOR).close();
      put(lake, "a");
    }
  }

  @Test
  void withoutAPolicyOthersMayNothingAndListenersHearIt() {
    List<LakeEvent> heard = new ArrayList<>();
    VirtualClock clock = VirtualClock.at("2026-01-01T00:00:00Z");
    try (Lake lake = Lake.inMemory(with -> with.clock(clock).listener(heard::add))) {
      put(lake, "a");
      clock.advance(Duration.ofHours(1));
      ObjectStore store = lake.as(Principal.user("ada")).store(Zone.RAW);
      assertThatThrownBy(() -> store.exists("a"))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageStartingWith("Cannot read object raw/a: no grants are in force in this lake");
    }
    assertThat(heard).hasSize(2).allMatch(AccessDecidedEvent.class::isInstance);
    AccessDecidedEvent refused = (AccessDecidedEvent) heard.get(1);
    assertThat(refused.request().action()).isEqualTo(Action.READ);
    assertThat(refused.decision()).isInstanceOf(Decision.Denied.class);
    assertThat(refused.at()).isEqualTo(clock.instant());
  }

  @Test
  void aListenerThatFailsStopsNobody() {
    AtomicInteger heard = new AtomicInteger();
    try (Lake lake =
        Lake.inMemory(
            with ->
                with.listener(
                        event -> {
                          throw new IllegalStateException("on purpose");
                        })
                    .listener(event -> heard.incrementAndGet()))) {
      put(lake, "a");
    }
    assertThat(heard).hasValue(1);
  }

  @Test
  void whatLayersShareIsMadeOnceAndClosedWithTheLake() {
    AtomicInteger made = new AtomicInteger();
    AtomicInteger closed = new AtomicInteger();
    try (Lake lake = Lake.inMemory()) {
      for (int i = 0; i < 2; i++) {
        lake.shared(
            AutoCloseable.class,
            () -> {
              made.incrementAndGet();
              return closed::incrementAndGet;
            });
      }
      assertThat(closed).hasValue(0);
    }
    assertThat(made).hasValue(1);
    assertThat(closed).hasValue(1);
  }
}
