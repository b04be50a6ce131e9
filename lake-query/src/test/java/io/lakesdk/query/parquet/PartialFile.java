package io.lakesdk.query.parquet;

import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ReadOptions.Range;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;

/** Makes files of what is selected of a Parquet file. */
final class PartialFile {

  private static final int TAIL = 8;

  private PartialFile() {}

  static LocalFiles.Selected select(byte[] whole, LocalFiles.Selection selection) {
    LocalFiles.Bytes bytes =
        (offset, length) -> Arrays.copyOfRange(whole, (int) offset, (int) offset + length);
    return selection.select(whole.length, bytes);
  }

  /** With 0xff where nothing was selected; gives how many bytes were. */
  static long write(byte[] whole, LocalFiles.Selected selected, Path file) throws IOException {
    return write(whole, selected, file, (byte) 0xff);
  }

  /** As stores make them, with zeros where nothing was selected. */
  static void writeWithHoles(byte[] whole, LocalFiles.Selected selected, Path file)
      throws IOException {
    write(whole, selected, file, (byte) 0);
  }

  private static long write(byte[] whole, LocalFiles.Selected selected, Path file, byte hole)
      throws IOException {
    byte[] parts = new byte[whole.length];
    Arrays.fill(parts, hole);
    long bytes = 0;
    for (Range range : selected.ranges()) {
      System.arraycopy(
          whole, (int) range.offset(), parts, (int) range.offset(), (int) range.length());
      bytes += range.length();
    }
    ByteBuffer end = selected.end().duplicate();
    end.get(parts, parts.length - end.remaining(), end.remaining());
    Files.write(file, parts);
    return bytes;
  }

  static byte[] footer(byte[] whole) {
    int length = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(whole.length - TAIL);
    return Arrays.copyOfRange(whole, whole.length - TAIL - length, whole.length - TAIL);
  }

  static byte[] withFooter(byte[] whole, FileMetaData footer) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Util.writeFileMetaData(footer, out);
    byte[] written = out.toByteArray();
    int data = whole.length - TAIL - footer(whole).length;
    return ByteBuffer.allocate(data + written.length + TAIL)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(whole, 0, data)
        .put(written)
        .putInt(written.length)
        .put(whole, whole.length - 4, 4)
        .array();
  }
}
