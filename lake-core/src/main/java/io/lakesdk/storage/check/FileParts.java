package io.lakesdk.storage.check;

import io.lakesdk.storage.ReadOptions.Range;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Which bytes of an object a file has, at their places; the rest of the file is a hole.
 *
 * @param size of the object
 * @param ranges in order, none touching another
 */
public record FileParts(long size, List<Range> ranges) {

  /** A gap up to so many bytes costs less than one more request. */
  private static final long GAP = 256 << 10;

  private static final int BUFFER = 256 << 10;

  /** All of an object. */
  public static FileParts whole(long size) {
    return new FileParts(size, size == 0 ? List.of() : List.of(new Range(0, size)));
  }

  /** These ranges. */
  public static FileParts of(long size, List<Range> wanted) {
    return of(size, wanted, 0);
  }

  /** These, and what is cheaper to fetch with them than to leave out. */
  public FileParts toFetch() {
    return of(size, ranges, GAP);
  }

  private static FileParts of(long size, List<Range> wanted, long gap) {
    List<Range> sorted = new ArrayList<>(wanted);
    sorted.sort(Comparator.comparing(Range::offset));
    List<Range> joined = new ArrayList<>();
    for (Range range : sorted) {
      long offset = Math.max(0, range.offset());
      long end = Math.min(size, range.offset() + range.length());
      if (end <= offset) {
        continue;
      }
      Range last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && offset - (last.offset() + last.length()) <= gap) {
        long until = Math.max(end, last.offset() + last.length());
        joined.set(joined.size() - 1, new Range(last.offset(), until - last.offset()));
      } else {
        joined.add(new Range(offset, end - offset));
      }
    }
    return new FileParts(size, List.copyOf(joined));
  }

  /** What this has and what the other has of the same object. */
  public FileParts and(FileParts other) {
    List<Range> both = new ArrayList<>(ranges);
    both.addAll(other.ranges);
    return of(size, both, 0);
  }

  /** What this has and the other has not. */
  public FileParts without(FileParts other) {
    List<Range> left = new ArrayList<>();
    for (Range range : ranges) {
      long at = range.offset();
      long end = at + range.length();
      for (Range hole : other.ranges) {
        long from = Math.max(at, hole.offset());
        long to = Math.min(end, hole.offset() + hole.length());
        if (from < to) {
          if (at < from) {
            left.add(new Range(at, from - at));
          }
          at = to;
        }
      }
      if (at < end) {
        left.add(new Range(at, end - at));
      }
    }
    return new FileParts(size, List.copyOf(left));
  }

  /** Whether all of these bytes are there. */
  public boolean has(Range wanted) {
    return ranges.stream()
        .anyMatch(
            range ->
                range.offset() <= wanted.offset()
                    && wanted.offset() + wanted.length() <= range.offset() + range.length());
  }

  /** Bytes of a file. */
  public static byte[] read(Path file, Range range) {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      byte[] bytes = new byte[(int) range.length()];
      in.seek(range.offset());
      in.readFully(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies the bytes that are there from one file of the object's size to another. */
  public void copy(Path from, Path to) throws IOException {
    try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
        FileChannel out = FileChannel.open(to, StandardOpenOption.WRITE)) {
      for (Range range : ranges) {
        out.position(range.offset());
        long copied = 0;
        while (copied < range.length()) {
          long more = in.transferTo(range.offset() + copied, range.length() - copied, out);
          if (more <= 0) {
            throw new EOFException("a file of a cache is too short");
          }
          copied += more;
        }
      }
    }
  }

  /** How many bytes there are. */
  public long bytes() {
    return ranges.stream().mapToLong(Range::length).sum();
  }

  /** Of the bytes that are there, in order. */
  public int crc32c(Path file) throws IOException {
    CRC32C crc = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (Range range : ranges) {
        long at = range.offset();
        long end = at + range.length();
        while (at < end) {
          buffer.clear().limit((int) Math.min(BUFFER, end - at));
          int read = channel.read(buffer, at);
          if (read < 0) {
            break;
          }
          crc.update(buffer.flip());
          at += read;
        }
      }
    }
    return (int) crc.getValue();
  }

  /** With a checksum of the bytes, as {@link #isOf} compares them with a file. */
  public byte[] describe(int crc32c) {
    ByteBuffer all = ByteBuffer.allocate(16 + 16 * ranges.size());
    all.putLong(size).putInt(crc32c).putInt(ranges.size());
    ranges.forEach(range -> all.putLong(range.offset()).putLong(range.length()));
    return all.array();
  }

  /** The parts that a description tells; nothing if it cannot be read. */
  public static Optional<FileParts> described(byte[] described) {
    return isDescription(described)
        ? Optional.of(parse(ByteBuffer.wrap(described), (described.length - 16) / 16))
        : Optional.empty();
  }

  private static FileParts parse(ByteBuffer all, int count) {
    long size = all.getLong(0);
    List<Range> ranges = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ranges.add(new Range(all.getLong(16 + 16 * i), all.getLong(24 + 16 * i)));
    }
    return new FileParts(size, ranges);
  }

  private static boolean isDescription(byte[] described) {
    return described.length >= 16
        && described.length == 16 + 16L * ByteBuffer.wrap(described).getInt(12);
  }

  /** How many bytes a described file has; 0 if that cannot be read. */
  public static long bytes(byte[] described) {
    return described(described).map(FileParts::bytes).orElse(0L);
  }

  /** Whether a file is as it was described. */
  public static boolean isOf(byte[] described, Path file) throws IOException {
    Optional<FileParts> parts = described(described);
    return parts.isPresent()
        && parts.get().size() == Files.size(file)
        && parts.get().crc32c(file) == ByteBuffer.wrap(described).getInt(8);
  }
}
