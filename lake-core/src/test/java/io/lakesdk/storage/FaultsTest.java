package io.lakesdk.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.EmbeddedBackend;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.OutcomeUnknownException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.fault.Call;
import io.lakesdk.fault.Faults;
import io.lakesdk.testing.ChildJvm;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults at the calls to storage and metadata, on a lake in a folder. */
class FaultsTest {

  @TempDir Path root;

  private Lake open(Faults faults) {
    return Lake.at(root, with -> with.faults(faults));
  }

  private static void put(Lake lake, String key) {
    lake.store(Zone.RAW).put(key, new byte[10], PutOptions.defaults());
  }

  private long blobs() throws IOException {
    try (Stream<Path> all = Files.walk(root.resolve(".lake/objects"))) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void aRefusedCallHasDoneNothing() throws IOException {
    try (Lake lake = open(Faults.on(Call.PUT_OBJECT).failNext(1))) {
      assertThatThrownBy(() -> put(lake, "a"))
          .isInstanceOf(UnavailableException.class)
          .hasMessage("Cannot call PUT_OBJECT for object raw/a: failed by an injected fault");
      assertThat(lake.store(Zone.RAW).exists("a")).isFalse();
      assertThat(blobs()).isZero();
      put(lake, "a");
      assertThat(lake.store(Zone.RAW).exists("a")).isTrue();
    }
  }

  @Test
  void aLostAnswerHidesThatItWasDone() {
    try (Lake lake = open(Faults.on(Call.PUT_OBJECT).loseNextAnswer(1))) {
      assertThatThrownBy(() -> put(lake, "a"))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessage(
              "Cannot learn the outcome of PUT_OBJECT for object raw/a: the answer was lost by an"
                  + " injected fault");
      assertThat(lake.store(Zone.RAW).head("a", ReadOptions.current()).size()).isEqualTo(10);
      assertThat(root.resolve("raw/a")).exists();
    }
  }

  @Test
  void aCommitWhoseAnswerIsLostKeepsItsBytes() throws IOException {
    AtomicInteger commits = new AtomicInteger();
    Faults faults =
        Faults.on(Call.WRITE_METADATA)
            .after(
                subject -> {
                  if (commits.incrementAndGet() == 2) {
                    throw new OutcomeUnknownException("commit", subject, "lost");
                  }
                });
    try (Lake lake = open(faults)) {
      assertThatThrownBy(() -> put(lake, "a")).isInstanceOf(OutcomeUnknownException.class);
      assertThat(blobs()).isEqualTo(1);
    }
    try (Lake lake = Lake.at(root);
        ObjectContent content = lake.store(Zone.RAW).get("a", ReadOptions.current())) {
      assertThat(content.readAllBytes()).hasSize(10);
    }
  }

  @Test
  void whatCannotBeSettledAtTheEndIsSettledByTheNextProcess() throws Exception {
    try (ChildJvm child = ChildJvm.start(CannotSettle.class, root.toString())) {
      child.awaitSuccess(Duration.ofSeconds(60));
    }
    assertThat(blobs()).isEqualTo(1);
    Lake.at(root).close();
    assertThat(blobs()).isZero();
  }

  /** After the opening, the metadata cannot be used at all. */
  static final class CannotSettle {
    public static void main(String[] arguments) {
      AtomicInteger opened = new AtomicInteger();
      Faults faults = Faults.none();
      for (Call call : List.of(Call.READ_METADATA, Call.WRITE_METADATA)) {
        faults =
            faults
                .andOn(call)
                .before(
                    subject -> {
                      if (opened.get() == 1) {
                        throw new UnavailableException("use", subject, "gone");
                      }
                    });
      }
      Faults all = faults;
      Lake lake = Lake.at(Path.of(arguments[0]), with -> with.faults(all));
      opened.set(1);
      assertThatThrownBy(() -> put(lake, "a")).isInstanceOf(UnavailableException.class);
      lake.close();
    }
  }

  @Test
  void aCommitThatIsRefusedLeavesNoBytes() throws IOException {
    AtomicInteger commits = new AtomicInteger();
    Faults faults =
        Faults.on(Call.WRITE_METADATA)
            .before(
                subject -> {
                  if (commits.incrementAndGet() == 2) {
                    throw new UnavailableException("commit", subject, "refused");
                  }
                });
    try (Lake lake = open(faults)) {
      assertThatThrownBy(() -> put(lake, "a")).isInstanceOf(UnavailableException.class);
      assertThat(lake.store(Zone.RAW).exists("a")).isFalse();
      assertThat(blobs()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Call.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "ABORT_UPLOAD",
        "READ_ACCOUNT",
        "CHANGE_BUCKET",
        "START_STATEMENT",
        "FOLLOW_STATEMENT",
        "FETCH_ROWS",
        "STOP_STATEMENT",
        "FIND_SOURCE_TABLES",
        "SCAN_SOURCE",
        "FETCH_SOURCE_ROWS",
        "READ_WORKGROUP",
        "CHANGE_WORKGROUP"
      }) // of lakes on AWS, and of the layers above, whose contracts inject them
  void everyCallPassesTheSeam(Call call) {
    try (Lake lake = open(Faults.none().andOn(call).before(subject -> reached(subject.name())))) {
      everything(lake);
      throw new AssertionError(call + " was never made");
    } catch (Reached expected) {
      assertThat(expected.getMessage()).isNotEmpty();
    }
  }

  private static void reached(String subject) {
    throw new Reached(subject);
  }

  private static final class Reached extends Error {
    private static final long serialVersionUID = 1L;

    Reached(String subject) {
      super(subject);
    }
  }

  private static void everything(Lake lake) {
    ObjectStore store = lake.store(Zone.RAW);
    LocalFiles files = ((EmbeddedBackend) lake.backend()).files();
    ObjectInfo info = store.put("a", new byte[1], PutOptions.defaults());
    store.head("a", ReadOptions.current());
    store.list(ListOptions.prefix(""));
    store.copy("a", ReadOptions.current(), "b", PutOptions.defaults());
    store.delete("b");
    files.lease(List.of(new ObjectRef(Zone.RAW, "a", info.version()))).close();
    try (ObjectContent content = store.get("a", ReadOptions.current());
        ObjectUpload upload = store.upload("c", PutOptions.defaults());
        LocalFiles.Staging staging = files.stage()) {
      upload.write(content.readAllBytes());
      upload.complete();
      staging.adopt(staging.file("csv"), Zone.RAW, "d", PutOptions.defaults());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aFailedPartBreaksTheUpload() throws IOException {
    try (Lake lake = open(Faults.on(Call.UPLOAD_PART).failNext(1))) {
      uploadInVain(lake.store(Zone.RAW));
      assertThat(lake.store(Zone.RAW).exists("a")).isFalse();
      assertThat(blobs()).isZero();
    }
  }

  private static void uploadInVain(ObjectStore store) throws IOException {
    try (ObjectUpload upload = store.upload("a", PutOptions.defaults())) {
      assertThatThrownBy(() -> upload.write(new byte[9 << 20]))
          .isInstanceOf(UnavailableException.class);
      assertThatThrownBy(upload::complete)
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage(
              "Cannot write object raw/a: an earlier part of this upload failed; start another"
                  + " upload");
    }
  }

  @Test
  void aShareOfTheCallsIsThrottledTheSameWayEachTime() {
    assertThat(throttled()).isEqualTo(throttled()).isBetween(10, 30);
    assertThatThrownBy(() -> Faults.on(Call.PUT_OBJECT).throttle(1.5))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage("Cannot inject faults with option share: it is from 0 to 1");
  }

  private static int throttled() {
    int refused = 0;
    try (Lake lake =
        Lake.inMemory(with -> with.faults(Faults.on(Call.HEAD_OBJECT).throttle(0.2)))) {
      for (int i = 0; i < 100; i++) {
        try {
          lake.store(Zone.RAW).exists("a");
        } catch (LakeException e) {
          refused++;
        }
      }
    }
    return refused;
  }

  @Test
  void callsAreTimed() {
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    Faults faults = Faults.on(Call.PUT_OBJECT).failNext(1);
    try (Lake lake = Lake.inMemory(with -> with.metrics(metrics).faults(faults))) {
      assertThatThrownBy(() -> put(lake, "a")).isInstanceOf(UnavailableException.class);
      put(lake, "a");
      put(lake, "b");
    }
    assertThat(metrics.timer("lake.calls", "call", "PUT_OBJECT", "outcome", "done").count())
        .isEqualTo(2);
    assertThat(metrics.timer("lake.calls", "call", "PUT_OBJECT", "outcome", "failed").count())
        .isEqualTo(1);
  }
}
