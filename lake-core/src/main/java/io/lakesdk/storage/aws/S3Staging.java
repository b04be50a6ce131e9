package io.lakesdk.storage.aws;

import io.lakesdk.Zone;
import io.lakesdk.concurrent.Parallel;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.fault.Call;
import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectRef;
import io.lakesdk.storage.check.Checksums;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** New files on their way to S3, in a folder of their own. Adopted ones stay in the cache. */
final class S3Staging implements LocalFiles.Staging {

  private static final Logger LOG = LoggerFactory.getLogger(S3Staging.class);

  private final CacheFolder folder;
  private final LeasedFiles files;
  private final Function<Zone, S3ObjectStore> stores;
  private final Path stage;
  private final AtomicLong lastName = new AtomicLong();

  private S3Staging(
      CacheFolder folder, LeasedFiles files, Function<Zone, S3ObjectStore> stores, Path stage) {
    this.folder = folder;
    this.files = files;
    this.stores = stores;
    this.stage = stage;
  }

  static S3Staging open(
      CacheFolder folder, LeasedFiles files, Function<Zone, S3ObjectStore> stores) {
    try {
      Path stage = Files.createTempDirectory(folder.stage(), "stage-");
      return new S3Staging(folder, files, stores, stage);
    } catch (IOException e) {
      throw folder.failed("write", Subject.file(folder.stage()), e);
    }
  }

  @Override
  public Path file(String extension) {
    Path file = stage.resolve("file-" + lastName.incrementAndGet() + "." + extension);
    try {
      return Files.createFile(file);
    } catch (IOException e) {
      throw folder.failed("write", Subject.file(file), e);
    }
  }

  @Override
  public Optional<Path> folder() {
    Path made = stage.resolve("folder-" + lastName.incrementAndGet());
    try {
      return Optional.of(Files.createDirectory(made));
    } catch (IOException e) {
      throw folder.failed("write", Subject.file(made), e);
    }
  }

  @Override
  public List<ObjectInfo> adopt(Zone zone, List<Adoption> files) {
    for (Adoption file : files) {
      if (!isMine(file.file())) {
        throw new InvalidDefinitionException(
            "write",
            Subject.object(zone, file.key()),
            file.file()
                + " is no file of this staging; write to a path that it gave and adopt it once");
      }
    }
    Queue<ObjectInfo> uploaded = new ConcurrentLinkedQueue<>();
    try {
      return Parallel.calls(files, file -> upload(zone, file, uploaded));
    } catch (LakeException e) {
      withdraw(zone, uploaded, e);
      throw e;
    }
  }

  private ObjectInfo upload(Zone zone, Adoption adoption, Queue<ObjectInfo> uploaded) {
    Subject subject = Subject.object(zone, adoption.key());
    try {
      Checksums sums = CachedObjects.read(adoption.file());
      sums.requireAsGiven(subject, adoption.options());
      ObjectInfo info =
          stores
              .apply(zone)
              .putFile(Call.ADOPT_FILE, adoption.key(), adoption.file(), sums, adoption.options());
      uploaded.add(info);
      keep(adoption.file(), zone, info, sums);
      return info;
    } catch (IOException e) {
      throw folder.failed("write", subject, e);
    }
  }

  private void withdraw(Zone zone, Queue<ObjectInfo> uploaded, LakeException failure) {
    for (ObjectInfo one : uploaded) {
      try {
        stores.apply(zone).deleteVersion(one.key(), one.version());
      } catch (LakeException e) {
        failure.addSuppressed(e);
      }
    }
  }

  /** The object is there, whatever becomes of its file. */
  private void keep(Path file, Zone zone, ObjectInfo info, Checksums sums) {
    try {
      files.keep(new ObjectRef(zone, info.key(), info.version()), info.etag(), file, sums.crc32c());
    } catch (IOException e) {
      LOG.debug("A file that became an object could not be kept in the cache", e);
      file.toFile().delete();
    }
  }

  /** A path that leads elsewhere, by its dots or by a symbolic link, is nobody's to adopt. */
  private boolean isMine(Path file) {
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && file.toRealPath().startsWith(stage)
          && !file.toRealPath().equals(stage);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      CacheFolder.erase(stage);
    } catch (IOException e) {
      throw folder.failed("discard", Subject.file(stage), e);
    }
  }
}
