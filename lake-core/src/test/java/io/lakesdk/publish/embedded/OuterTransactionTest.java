package io.lakesdk.publish.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.EmbeddedBackend;
import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.metadata.MetadataStore;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.PublishingFixture;
import io.lakesdk.publish.Write;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Publishing as a part of what a layer does in one transaction. */
class OuterTransactionTest extends PublishingFixture {

  @Override
  protected Lake open(Consumer<LakeOptions> with) {
    return Lake.inMemory(with);
  }

  private MetadataStore metadata() {
    return ((EmbeddedBackend) lake.backend()).metadata();
  }

  private void failAfter(Runnable work) {
    assertThatThrownBy(
            () ->
                metadata()
                    .write(
                        tx -> {
                          work.run();
                          throw new IllegalStateException("by the test");
                        }))
        .hasMessage("by the test");
  }

  @Test
  void aLoadIsVisibleAndToldOnlyWithIt() {
    try (Draft draft = draft(Write.APPEND, "one", "a")) {
      failAfter(() -> publishing.publish(draft));
      assertThat(texts(ORDERS)).isEmpty();
      assertThat(events).isEmpty();
      metadata()
          .write(
              tx -> {
                publishing.publish(draft);
                assertThat(events).isEmpty();
                return draft;
              });
    }
    assertThat(events).hasSize(1);
    assertThat(texts(ORDERS)).containsExactly("a");
  }

  @Test
  void aDraftThatIsClosedBeforeItsEndKeepsItsFiles() {
    metadata()
        .write(
            tx -> {
              try (Draft draft = draft(Write.APPEND, "one", "a")) {
                return publishing.publish(draft);
              }
            });
    assertThat(texts(ORDERS)).containsExactly("a");
  }

  @Test
  void aRemovalThatFailsWithItLosesNothing() {
    publish(Write.APPEND, "one", "a");
    failAfter(() -> publishing.remove(ORDERS));
    assertThat(texts(ORDERS)).containsExactly("a");
    assertThat(objects()).isEqualTo(1);
  }

  @Test
  void aVacuumIsRefused() {
    assertThatThrownBy(() -> metadata().write(tx -> publishing.vacuum(ORDERS, Duration.ZERO)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a vacuum cannot be part of a transaction");
  }
}
