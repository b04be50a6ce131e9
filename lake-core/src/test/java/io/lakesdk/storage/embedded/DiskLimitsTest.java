package io.lakesdk.storage.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.storage.ListedObject;
import io.lakesdk.storage.ObjectContent;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.ObjectUpload;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full or may not be written: nothing is half-written and nothing is lost. */
class DiskLimitsTest {

  private static final int MEBIBYTES = 4;

  @TempDir Path folder;

  private static void requireIntact(Lake lake, List<String> keys) throws IOException {
    ObjectStore store = lake.store(Zone.RAW);
    assertThat(store.all("").map(ListedObject::key)).containsExactlyInAnyOrderElementsOf(keys);
    for (String key : keys) {
      try (ObjectContent content = store.get(key, ReadOptions.current())) {
        assertThat(content.readAllBytes()).hasSize(100_000);
      }
    }
  }

  @Test
  void aFullDiskKeepsWhatWasWrittenBefore() throws IOException {
    List<String> written = new ArrayList<>();
    try (SmallDisk disk = SmallDisk.mountedAt(folder, MEBIBYTES)) {
      try (Lake lake = Lake.at(disk.folder())) {
        ObjectStore store = lake.store(Zone.RAW);
        assertThatThrownBy(
                () -> {
                  for (int i = 0; i < 100; i++) {
                    store.put("key-" + i, new byte[100_000], PutOptions.defaults());
                    written.add("key-" + i);
                  }
                })
            .isInstanceOf(UnavailableException.class)
            .hasMessageContaining(" is full; nothing of this")
            .hasMessageContaining(folder.toRealPath().toString());
        assertThat(written).hasSizeGreaterThan(10);
        try (ObjectUpload upload = store.upload("large", PutOptions.defaults())) {
          assertThatThrownBy(() -> upload.write(new byte[3 << 20]))
              .isInstanceOf(UnavailableException.class)
              .hasMessage(
                  "Cannot write object raw/large: the disk of "
                      + folder.toRealPath()
                      + " is full; nothing of this was kept");
        }
        requireIntact(lake, written);
      }
      try (Lake lake = Lake.at(folder);
          Stream<Path> blobs = Files.walk(folder.resolve(".lake/objects"))) {
        requireIntact(lake, written);
        assertThat(blobs.filter(Files::isRegularFile)).hasSize(written.size());
      }
    }
  }

  @Test
  void aFolderThatMayNotBeWrittenIsNamed() throws IOException {
    try (SmallDisk disk = SmallDisk.mountedAt(folder, MEBIBYTES)) {
      Path lakeFolder = folder.resolve("lake");
      Lake.at(lakeFolder).close();
      disk.makeReadOnly();
      assertThatThrownBy(() -> Lake.at(lakeFolder))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "Cannot open lake "
                  + lakeFolder.toRealPath()
                  + ": "
                  + lakeFolder.toRealPath()
                  + " cannot be written; give this process the right to, or choose another");
      Path absent = folder.resolve("absent");
      assertThatThrownBy(() -> Lake.at(absent))
          .isInstanceOf(LakeException.class)
          .hasMessage(
              "Cannot open lake "
                  + absent
                  + ": "
                  + absent
                  + " cannot be written; give this process the right to, or choose another");
    }
  }
}
