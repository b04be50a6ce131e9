package io.lakesdk.query.files.compression;

import io.airlift.compress.Compressor;
import io.airlift.compress.Decompressor;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The framing in which Hadoop writes Snappy and LZ4: blocks of a length before compression, each
 * made of chunks of a length after it, as 32-bit big-endian numbers. Lengths are looked at before
 * memory is taken for them.
 */
final class HadoopBlocks extends InputStream {

  private static final int LARGEST = 64 << 20;

  private final DataInputStream in;
  private final Decompressor decompressor;
  private byte[] compressed = new byte[0];
  private byte[] plain = new byte[0];
  private int at;
  private int end;
  private long leftInBlock;

  HadoopBlocks(InputStream in, Decompressor decompressor) {
    this.in = new DataInputStream(in);
    this.decompressor = decompressor;
  }

  @Override
  public int read() throws IOException {
    return fill() ? plain[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int read = Math.min(length, end - at);
    System.arraycopy(plain, at, bytes, offset, read);
    at += read;
    return read;
  }

  /** Whether there is a byte to read. */
  private boolean fill() throws IOException {
    while (at == end) {
      if (leftInBlock == 0) {
        int first = in.read();
        if (first < 0) {
          return false;
        }
        leftInBlock = length(first);
      } else {
        chunk(length(in.readUnsignedByte()));
      }
    }
    return true;
  }

  private long length(int first) throws IOException {
    long length = (long) first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
    if (length > LARGEST) {
      throw new IOException("a block that is too large");
    }
    return length;
  }

  private void chunk(long length) throws IOException {
    int room = (int) leftInBlock;
    if (compressed.length < length) {
      compressed = new byte[(int) length];
    }
    if (in.readNBytes(compressed, 0, (int) length) < length) {
      throw new EOFException();
    }
    if (plain.length < room) {
      plain = new byte[room];
    }
    at = 0;
    end = decompressor.decompress(compressed, 0, (int) length, plain, 0, room);
    if (end == 0) {
      throw new IOException("a chunk of nothing");
    }
    leftInBlock -= end;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Writes the framing: blocks of one chunk each. */
  static final class Writer extends OutputStream {

    private static final int BLOCK = 256 << 10;

    private final DataOutputStream out;
    private final Compressor compressor;
    private final byte[] plain = new byte[BLOCK];
    private final byte[] compressed;
    private int size;

    Writer(OutputStream out, Compressor compressor) {
      this.out = new DataOutputStream(out);
      this.compressor = compressor;
      this.compressed = new byte[compressor.maxCompressedLength(BLOCK)];
    }

    @Override
    public void write(int one) throws IOException {
      if (size == BLOCK) {
        block();
      }
      plain[size++] = (byte) one;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int done = 0;
      while (done < length) {
        if (size == BLOCK) {
          block();
        }
        int part = Math.min(length - done, BLOCK - size);
        System.arraycopy(bytes, offset + done, plain, size, part);
        size += part;
        done += part;
      }
    }

    private void block() throws IOException {
      int length = compressor.compress(plain, 0, size, compressed, 0, compressed.length);
      out.writeInt(size);
      out.writeInt(length);
      out.write(compressed, 0, length);
      size = 0;
    }

    @Override
    public void close() throws IOException {
      try (out) {
        if (size > 0) {
          block();
        }
      }
    }
  }
}
