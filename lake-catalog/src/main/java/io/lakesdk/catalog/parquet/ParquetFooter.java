package io.lakesdk.catalog.parquet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * What the end of a Parquet file says of it.
 *
 * @param start where it begins in the file
 * @param metadata what it says; empty if it is encrypted
 */
public record ParquetFooter(long start, Optional<FileMetaData> metadata) {

  private static final String MAGIC = "PAR1";
  private static final String ENCRYPTED = "PARE";
  private static final int HEAD = 4;
  private static final int TAIL = 8;
  private static final int LARGEST = 1 << 28;

  /** Whether a file begins as Parquet files do. */
  public static boolean begins(ParquetBytes file) {
    return file.size() >= HEAD && isMagic(magic(bytes(file, 0, HEAD), 0));
  }

  /** Reads it. It is held in memory, as nothing else of the file is. */
  public static ParquetFooter read(ParquetBytes file) throws ParquetDamage {
    if (!begins(file)) {
      throw new ParquetDamage("it does not start as a Parquet file");
    }
    if (file.size() < HEAD + TAIL) {
      throw new ParquetDamage("it starts as a Parquet file and is too short to be one");
    }
    byte[] head = bytes(file, 0, HEAD);
    byte[] tail = bytes(file, file.size() - TAIL, TAIL);
    if (!magic(tail, TAIL - HEAD).equals(magic(head, 0))) {
      throw new ParquetDamage(
          "it starts as a Parquet file and does not end as one, so it is truncated");
    }
    int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (length < 1 || length > LARGEST || length > file.size() - TAIL - HEAD) {
      throw damaged();
    }
    long start = file.size() - TAIL - length;
    if (magic(head, 0).equals(ENCRYPTED)) {
      return new ParquetFooter(start, Optional.empty());
    }
    return new ParquetFooter(start, Optional.of(parse(file, start, length)));
  }

  private static boolean isMagic(String text) {
    return text.equals(MAGIC) || text.equals(ENCRYPTED);
  }

  private static String magic(byte[] bytes, int offset) {
    return new String(bytes, offset, HEAD, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(ParquetBytes file, long position, int length) {
    byte[] bytes = new byte[length];
    file.read(position, bytes, length);
    return bytes;
  }

  private static FileMetaData parse(ParquetBytes file, long start, int length)
      throws ParquetDamage {
    FileMetaData metadata;
    try (InputStream in = new PageWindow(file).range(start, start + length)) {
      metadata = Util.readFileMetaData(in, length);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw damaged();
    }
    if (metadata.getSchema() == null || metadata.getRow_groups() == null) {
      throw damaged();
    }
    long rows = 0;
    for (RowGroup group : metadata.getRow_groups()) {
      if (group.getColumns() == null || group.getNum_rows() < 0) {
        throw damaged();
      }
      rows += group.getNum_rows();
    }
    if (rows != metadata.getNum_rows() || rows < 0) {
      throw damaged();
    }
    return metadata;
  }

  static ParquetDamage damaged() {
    return new ParquetDamage("its Parquet footer is damaged");
  }
}
