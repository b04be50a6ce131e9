package io.lakesdk.query.files.compression;

import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdInputStream;
import io.airlift.compress.zstd.ZstdOutputStream;
import io.lakesdk.Format;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.Subject;
import io.lakesdk.storage.ObjectRef;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/**
 * What a whole text file is compressed with, which the ending of its name says, as in Athena ("Use
 * Hive table compression", Athena User Guide). Snappy and LZ4 are in Hadoop's framing, which is
 * what Athena reads under these names.
 */
public enum TextCompression {
  NONE("", "plain text"),
  GZIP(".gz", "gzip"),
  BZIP2(".bz2", "bzip2"),
  ZSTD(".zst", "zstd"),
  SNAPPY(".snappy", "Snappy in Hadoop's framing"),
  LZ4(".lz4", "LZ4 in Hadoop's framing");

  /** What text grows to beyond this, and beyond 1,000 times its size, is taken for damage. */
  private static final long MODEST = 64 << 20;

  private static final long MOST_TIMES = 1000;

  private final String ending;
  private final String shown;

  TextCompression(String ending, String shown) {
    this.ending = ending;
    this.shown = shown;
  }

  /**
   * The compression that a name tells.
   *
   * @throws BadDataException if it is LZO or DEFLATE, which Hadoop knows and this does not unpack
   */
  public static TextCompression of(ObjectRef file) {
    String key = file.key().toLowerCase(Locale.ROOT);
    for (String other : List.of(".lzo", ".lzo_deflate", ".deflate")) {
      if (key.endsWith(other)) {
        throw bad(
            file,
            "it is named " + other + ", which is not unpacked here; land it with gzip or zstd");
      }
    }
    for (TextCompression one : values()) {
      if (one != NONE && key.endsWith(one.ending)) {
        return one;
      }
    }
    return NONE;
  }

  /**
   * The text of a file.
   *
   * @throws BadDataException when it is opened or read and is not what its name says, is cut off,
   *     or grows beyond all measure
   */
  public InputStream open(ObjectRef file, Path path) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
    if (this == NONE) {
      return raw;
    }
    try {
      long most = Math.max(MODEST, Math.multiplyExact(Files.size(path), MOST_TIMES));
      return new Checked(this, file, plain(raw), most);
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw unreadable(file);
    }
  }

  private InputStream plain(InputStream raw) throws IOException {
    return switch (this) {
      case NONE -> raw;
      case GZIP -> new GZIPInputStream(raw, 1 << 16);
      case BZIP2 -> new BZip2CompressorInputStream(raw, true);
      case ZSTD -> new ZstdInputStream(raw);
      case SNAPPY -> new HadoopBlocks(raw, new SnappyDecompressor());
      case LZ4 -> new HadoopBlocks(raw, new Lz4Decompressor());
    };
  }

  /**
   * Writes a file's text over another file, a buffer at a time.
   *
   * @throws BadDataException as {@link #open}
   */
  public void unpack(ObjectRef file, Path from, Path to) {
    try (InputStream in = open(file, from);
        OutputStream out = Files.newOutputStream(to)) {
      in.transferTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The compression that a format names, of those that whole files have. */
  public static TextCompression of(Format.Compression compression) {
    return valueOf(compression.name());
  }

  /** Compresses what is written into a file, which is overwritten. */
  public OutputStream create(Path path) throws IOException {
    OutputStream raw = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16);
    return switch (this) {
      case NONE -> raw;
      case GZIP -> new GZIPOutputStream(raw, 1 << 16);
      case BZIP2 -> new BZip2CompressorOutputStream(raw);
      case ZSTD -> new ZstdOutputStream(raw);
      case SNAPPY -> new HadoopBlocks.Writer(raw, new SnappyCompressor());
      case LZ4 -> new HadoopBlocks.Writer(raw, new Lz4Compressor());
    };
  }

  /** Writes a file's text compressed over another file, a buffer at a time. */
  public void pack(Path from, Path to) throws IOException {
    try (InputStream in = Files.newInputStream(from);
        OutputStream out = create(to)) {
      in.transferTo(out);
    }
  }

  private BadDataException unreadable(ObjectRef file) {
    return bad(file, "it is named " + ending + " and is not a whole file of " + shown);
  }

  private static BadDataException bad(ObjectRef file, String reason) {
    return new BadDataException("read", Subject.object(file.zone(), file.key()), reason);
  }

  /** Text as it is unpacked, with what is wrong told of the file. */
  private static final class Checked extends InputStream {

    private final TextCompression compression;
    private final ObjectRef file;
    private final InputStream plain;
    private final long most;
    private long read;

    Checked(TextCompression compression, ObjectRef file, InputStream plain, long most) {
      this.compression = compression;
      this.file = file;
      this.plain = plain;
      this.most = most;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      int count;
      try {
        count = plain.read(bytes, offset, length);
      } catch (IOException | RuntimeException damaged) {
        throw compression.unreadable(file);
      }
      read += Math.max(0, count);
      if (read > most) {
        throw bad(
            file,
            "it unpacks to more than "
                + MOST_TIMES
                + " times its size, which is taken for damage; land its text unpacked");
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      plain.close();
    }
  }
}
