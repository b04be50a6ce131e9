package io.lakesdk.storage.embedded;

import com.google.common.io.ByteStreams;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.metadata.MetadataStore;
import io.lakesdk.metadata.Tx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blobs as files of a lake's folder. A new blob is written in its owner's folder, then gets its
 * place as a second name; the first name goes when the index refers to it. So whatever a dead owner
 * left in the making is found by looking into its folder.
 */
final class FolderBlobs implements Blobs {

  private static final Logger LOG = LoggerFactory.getLogger(FolderBlobs.class);
  private static final String MOVED = ".moved";

  private final Disk disk;
  private final LakeFolder folder;
  private final Owner owner;
  private final MetadataStore metadata;
  private final Garbage garbage;
  private final Shelves shelves = new Shelves();
  private volatile boolean closed;

  FolderBlobs(Disk disk, LakeFolder folder, Owner owner, MetadataStore metadata, Garbage garbage) {
    this.disk = disk;
    this.folder = folder;
    this.owner = owner;
    this.metadata = metadata;
    this.garbage = garbage;
  }

  @Override
  public String place() {
    return folder.root().toString();
  }

  @Override
  public Blobs.NewBlob create() throws IOException {
    requireOpen();
    String id = shelves.newId();
    return new Inflight(id, disk.create(owner.inflight().resolve(id)));
  }

  /** Makes a finished file of the same file system a sealed blob. */
  Blobs.NewBlob adopt(Path file) throws IOException {
    requireOpen();
    String id = shelves.newId();
    Path inflight = owner.inflight().resolve(id);
    disk.move(file, inflight);
    Inflight blob = new Inflight(id, FileChannel.open(inflight, StandardOpenOption.WRITE));
    boolean sealed = false;
    try {
      blob.seal();
      sealed = true;
      return blob;
    } finally {
      if (!sealed) {
        blob.discard();
      }
    }
  }

  @Override
  public InputStream open(String blob, long offset, long length) throws IOException {
    FileChannel channel = FileChannel.open(folder.blob(blob), StandardOpenOption.READ);
    try {
      channel.position(offset);
      return ByteStreams.limit(Channels.newInputStream(channel), length);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void release(Tx tx, List<String> blobs) {
    garbage.add(tx, blobs);
  }

  /** Ends what an owner had in the making: what the index refers to stays, the rest goes. */
  void settle(Path inflight) {
    try {
      for (Path file : Owner.contents(inflight)) {
        String name = file.getFileName().toString();
        String id = name.endsWith(MOVED) ? name.substring(0, name.length() - MOVED.length()) : name;
        if (metadata.read(tx -> !ObjectIndex.refersTo(tx, id))) {
          disk.delete(folder.blob(id));
        }
        disk.delete(file);
      }
    } catch (IOException | LakeException e) {
      LOG.warn("What is in the making in {} stays until the lake is next opened", inflight, e);
    }
  }

  /** After this no commit can refer to a blob of this owner that it did not refer to before. */
  @Override
  public void close() {
    closed = true;
    try {
      metadata.write(
          tx -> {
            settle(owner.inflight());
            return closed;
          });
    } catch (LakeException e) {
      LOG.warn("What is in the making in {} stays until the lake is opened", folder.root(), e);
    }
  }

  @Override
  public void requireOpen() {
    if (closed) {
      throw new UnavailableException("use", folder.subject(), "the lake was closed");
    }
  }

  /**
   * Spreads the blobs over folders that are never too long for a file system, one after the other:
   * a small lake has few folders, and few are to be made durable.
   */
  private final class Shelves {
    private static final int SHELVES = 256;
    private static final int AT_ONCE = 1024;

    private final int first = new SecureRandom().nextInt(SHELVES);
    private final AtomicLong made = new AtomicLong();
    private final Set<Path> known = ConcurrentHashMap.newKeySet();

    String newId() {
      long shelf = (first + made.getAndIncrement() / AT_ONCE) % SHELVES;
      return String.format("%02x", shelf) + ObjectChanges.newId().substring(2);
    }

    void make(Path shelf) throws IOException {
      if (!known.contains(shelf)) {
        try {
          disk.folder(shelf);
        } catch (FileAlreadyExistsException another) {
          // a process that may not have made it durable yet
        }
        disk.syncFolder(folder.objects());
        known.add(shelf);
      }
    }
  }

  /** A blob in the making. */
  private final class Inflight implements Blobs.NewBlob {
    private final String id;
    private final Path file;
    private final FileChannel channel;
    private boolean settled;

    Inflight(String id, FileChannel channel) {
      this.id = id;
      this.file = owner.inflight().resolve(id);
      this.channel = channel;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      disk.write(channel, bytes, offset, length);
    }

    @Override
    public void seal() throws IOException {
      disk.protect(file);
      disk.sync(channel);
      channel.close();
      Path place = folder.blob(id);
      shelves.make(Disk.parent(place));
      if (!disk.link(place, file)) {
        disk.create(file.resolveSibling(id + MOVED)).close();
        disk.move(file, place);
      }
      disk.syncFolder(Disk.parent(place));
    }

    @Override
    public void keep() {
      settled = true;
      try {
        disk.delete(file);
        disk.delete(file.resolveSibling(id + MOVED));
      } catch (IOException e) {
        LOG.debug("A second name of a blob stays until the lake is closed", e);
      }
    }

    @Override
    public void discard() {
      if (settled) {
        return;
      }
      settled = true;
      try {
        channel.close();
        if (Files.exists(folder.blob(id)) && metadata.read(tx -> ObjectIndex.refersTo(tx, id))) {
          return;
        }
        disk.delete(folder.blob(id));
        disk.delete(file);
        disk.delete(file.resolveSibling(id + MOVED));
      } catch (IOException | LakeException e) {
        LOG.debug("A blob that is not needed stays until the lake is closed", e);
      }
    }
  }
}
