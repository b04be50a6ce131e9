package io.lakesdk.storage.aws;

import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ReadOptions.Range;
import io.lakesdk.storage.check.FileParts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Makes files that have parts of objects, from those that the cache has and others that it fetches,
 * which the cache has from then on. The cache keeps them in one file an object; two fetches at once
 * may make two, which the next one makes one.
 */
final class PartialFiles {

  /** Where so much of an object is to be fetched, all of it is, and verified. */
  private static final double MOST_OF = 0.75;

  private final CacheFolder folder;
  private final CachedObjects cached;

  PartialFiles(CacheFolder folder, CachedObjects cached) {
    this.folder = folder;
    this.cached = cached;
  }

  /**
   * Makes a file of what is selected.
   *
   * @param object its name in the cache
   * @return false if the whole object is to be fetched instead
   */
  boolean make(String object, PartsReader reader, LocalFiles.Selection selection, Path file)
      throws IOException {
    List<CachedObjects.Parts> kept = cached.parts(object);
    Path base = folder.incoming().resolve(object + "-" + UUID.randomUUID());
    try {
      return make(object, reader, selection, kept, base, file);
    } finally {
      Files.deleteIfExists(base);
      for (CachedObjects.Parts parts : kept) {
        Files.deleteIfExists(parts.file());
      }
    }
  }

  private boolean make(
      String object,
      PartsReader reader,
      LocalFiles.Selection selection,
      List<CachedObjects.Parts> kept,
      Path base,
      Path file)
      throws IOException {
    long size = kept.isEmpty() ? reader.readEnd() : kept.get(0).parts().size();
    if (reader.hasAll()) {
      cached.store(new ByteArrayInputStream(reader.end()), object, file);
      return true;
    }
    KnownBytes bytes = new KnownBytes(kept, reader);
    LocalFiles.Selected selected = selection.select(size, bytes);
    FileParts wanted = FileParts.of(size, selected.ranges());
    FileParts present = FileParts.of(size, List.copyOf(bytes.asked.keySet()));
    for (CachedObjects.Parts parts : kept) {
      present = present.and(parts.parts());
    }
    FileParts missing = wanted.without(present).toFetch();
    if (missing.bytes() > MOST_OF * size) {
      return false;
    }
    if (missing.ranges().isEmpty() && bytes.asked.isEmpty() && kept.size() == 1) {
      hand(kept.get(0).file(), wanted, selected.end(), file);
      return true;
    }
    create(base, size);
    bytes.writeTo(base);
    reader.write(missing, base);
    hand(base, wanted, selected.end(), file);
    FileParts all = present.and(missing);
    String name = CachedObjects.nameOf(object, all);
    cached.keep(name, base, all, all.crc32c(base));
    for (CachedObjects.Parts parts : kept) {
      if (!parts.name().equals(name)) {
        cached.forget(parts.name());
      }
    }
    return true;
  }

  /** Bytes of an object of which the cache has some. */
  private static final class KnownBytes implements LocalFiles.Bytes {
    private final List<CachedObjects.Parts> kept;
    private final PartsReader reader;
    private final Map<Range, byte[]> asked = new LinkedHashMap<>();

    KnownBytes(List<CachedObjects.Parts> kept, PartsReader reader) {
      this.kept = kept;
      this.reader = reader;
    }

    @Override
    public byte[] read(long offset, int length) {
      Range range = new Range(offset, length);
      for (CachedObjects.Parts parts : kept) {
        if (parts.parts().has(range)) {
          return FileParts.read(parts.file(), range);
        }
      }
      return asked.computeIfAbsent(range, r -> reader.read(offset, length));
    }

    void writeTo(Path file) throws IOException {
      for (CachedObjects.Parts parts : kept) {
        parts.parts().copy(parts.file(), file);
      }
      try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
        for (Map.Entry<Range, byte[]> one : asked.entrySet()) {
          write(ByteBuffer.wrap(one.getValue()), out, one.getKey().offset());
        }
      }
    }
  }

  /** A file that ends otherwise than the object shares no bytes with the cache. */
  private static void hand(Path base, FileParts wanted, ByteBuffer end, Path file)
      throws IOException {
    if (!end.hasRemaining()) {
      CachedObjects.join(base, file);
      return;
    }
    create(file, wanted.size());
    wanted.copy(base, file);
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      write(end.duplicate(), out, wanted.size() - end.remaining());
    }
  }

  private static void write(ByteBuffer bytes, FileChannel out, long offset) throws IOException {
    long at = offset;
    while (bytes.hasRemaining()) {
      at += out.write(bytes, at);
    }
  }

  /** A file of this size without bytes. */
  private static void create(Path file, long size) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(size);
    }
  }
}
