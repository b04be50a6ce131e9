package io.lakesdk.storage.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.storage.ObjectContent;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.ObjectUpload;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.ReadOptions;
import io.lakesdk.testing.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An object of 5 GiB in a JVM whose heap has 64 MiB. */
@Tag("slow")
class LargeObjectTest {

  private static final long SIZE = 5L << 30;
  private static final Duration LONG = Duration.ofMinutes(5);

  /** Writes and reads the object. */
  static final class WritesAndReads {
    public static void main(String[] arguments) throws Exception {
      try (Lake lake = arguments.length == 0 ? Lake.inMemory() : Lake.at(Path.of(arguments[0]))) {
        ObjectStore store = lake.store(Zone.RAW);
        byte[] chunk = new byte[1 << 20];
        new Random(1).nextBytes(chunk);
        long started = System.nanoTime();
        try (ObjectUpload upload = store.upload("large", PutOptions.defaults())) {
          for (long written = 0; written < SIZE; written += chunk.length) {
            chunk[(int) (written >> 30)]++;
            upload.write(chunk);
          }
          ObjectInfo info = upload.complete();
          System.out.println("etag " + info.etag() + " in " + seconds(started));
        }
        started = System.nanoTime();
        long read = 0;
        try (ObjectContent content = store.get("large", ReadOptions.current())) {
          for (int now = content.read(chunk); now >= 0; now = content.read(chunk)) {
            read += now;
          }
        }
        System.out.println("read " + read + " in " + seconds(started));
        System.out.println("heap " + (Runtime.getRuntime().maxMemory() >> 20));
      }
    }

    private static String seconds(long started) {
      return (System.nanoTime() - started) / 1_000_000 + " ms";
    }
  }

  private static void run(String... arguments) {
    try (ChildJvm child = ChildJvm.startWithHeap(64, WritesAndReads.class, arguments)) {
      child.awaitSuccess(LONG);
      assertThat(child.lines().get(0)).matches("etag [0-9a-f]{32}-640 in .*");
      assertThat(child.lines()).anyMatch(line -> line.startsWith("read " + SIZE + " in "));
      System.out.println(child.lines());
    }
  }

  @Test
  void inMemory() {
    run();
  }

  @Test
  void inAFolder(@TempDir Path folder) {
    run(folder.toString());
  }
}
