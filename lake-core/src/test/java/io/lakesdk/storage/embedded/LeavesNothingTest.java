package io.lakesdk.storage.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.EmbeddedBackend;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.fault.Faults;
import io.lakesdk.fault.Seam;
import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectRef;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.testing.ChildJvm;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Of a lake in memory nothing is left on the disk. */
class LeavesNothingTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  /** Has objects, leases and staged files, and waits for its end. */
  static final class LakeInMemory {
    public static void main(String[] arguments) throws Exception {
      Lake lake = Lake.inMemory();
      ObjectStore store = lake.store(Zone.RAW);
      store.put("small", new byte[100], PutOptions.defaults());
      ObjectInfo large = store.put("large", new byte[5 << 20], PutOptions.defaults());
      LocalFiles files = ((EmbeddedBackend) lake.backend()).files();
      LocalFiles.Staging staging = files.stage();
      Files.write(staging.file("csv"), new byte[100]);
      files.lease(List.of(new ObjectRef(Zone.RAW, "large", large.version())));
      System.out.println("ready");
      Thread.currentThread().join();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whenTheProcessIsKilled() {
    try (ChildJvm child = ChildJvm.start(LakeInMemory.class)) {
      child.awaitLine("ready", SOON);
      assertThat(child.temporaryFiles()).isEmpty();
      child.kill();
      assertThat(child.temporaryFiles()).isEmpty();
    }
  }

  @Test
  void whereFilesNeedNames(@TempDir Path folder) throws IOException {
    NamedFiles dead = new NamedFiles(folder, "1-1");
    Path left = dead.create().path();
    assertThat(left).exists();
    NamedFiles named = new NamedFiles(folder, "2-2");
    EmbeddedStorage storage =
        EmbeddedStorage.inMemory(
            Crashes.CLOCK, new Seam(Faults.none(), new SimpleMeterRegistry()), named);
    ObjectInfo info = storage.store(Zone.RAW).put("a", new byte[5 << 20], PutOptions.defaults());
    ObjectRef ref = new ObjectRef(Zone.RAW, "a", info.version());
    try (LocalFiles.Lease lease = storage.files().lease(List.of(ref))) {
      assertThat(lease.path(ref)).hasSize(5 << 20);
      assertThat(lease.path(ref).startsWith(storage.files().folders().get(0))).isTrue();
    }
    assertThat(Owner.all(folder)).hasSize(2);
    storage.close();
    assertThat(Owner.all(folder)).hasSize(1);
    dead.close();
    assertThat(Owner.all(folder)).isEmpty();
  }
}
