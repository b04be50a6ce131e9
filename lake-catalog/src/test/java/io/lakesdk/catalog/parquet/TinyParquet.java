package io.lakesdk.catalog.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/**
 * Writes Parquet files of any schema, and such as no writer would make. Each column is one page
 * with a checksum; all values are null, or zero where they cannot be null.
 */
public final class TinyParquet {

  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private final List<SchemaElement> schema;
  private final long rows;
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private final List<ColumnChunk> columns = new ArrayList<>();
  private Consumer<PageHeader> headers = header -> {};
  private Consumer<FileMetaData> footers = footer -> {};

  private TinyParquet(List<SchemaElement> schema, long rows) {
    this.schema = schema;
    this.rows = rows;
  }

  /** A file of so many rows and these fields, depth first. */
  public static TinyParquet of(int fields, long rows, List<SchemaElement> elements) {
    List<SchemaElement> schema = new ArrayList<>();
    schema.add(new SchemaElement("root").setNum_children(fields));
    schema.addAll(elements);
    return new TinyParquet(schema, rows);
  }

  /** A field without fields. */
  public static SchemaElement field(String name, Type type, FieldRepetitionType repetition) {
    return new SchemaElement(name).setType(type).setRepetition_type(repetition);
  }

  /** Changes the header of each page, once it says the truth. */
  public TinyParquet headers(Consumer<PageHeader> change) {
    headers = change;
    return this;
  }

  /** Changes the footer, once it says the truth. */
  public TinyParquet footer(Consumer<FileMetaData> change) {
    footers = change;
    return this;
  }

  public byte[] bytes() {
    try {
      file.write(MAGIC);
      int next = 1;
      for (int i = 0; i < schema.get(0).getNum_children(); i++) {
        next = write(next, List.of(), 0, 0);
      }
      FileMetaData metadata = new FileMetaData(1, schema, rows, List.of(group()));
      footers.accept(metadata);
      ByteArrayOutputStream footer = new ByteArrayOutputStream();
      Util.writeFileMetaData(metadata, footer);
      file.write(footer.toByteArray());
      file.write(little(footer.size()));
      file.write(MAGIC);
      return file.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RowGroup group() {
    return new RowGroup(columns, file.size(), rows);
  }

  /** Writes the columns of an element, and says which comes next. */
  private int write(int at, List<String> above, int definitions, int repetitions)
      throws IOException {
    SchemaElement element = schema.get(at);
    List<String> path = new ArrayList<>(above);
    path.add(element.getName());
    FieldRepetitionType repetition = element.getRepetition_type();
    int defined = definitions + (repetition == FieldRepetitionType.REQUIRED ? 0 : 1);
    int repeated = repetitions + (repetition == FieldRepetitionType.REPEATED ? 1 : 0);
    if (element.isSetType()) {
      write(element, path, defined, repeated);
      return at + 1;
    }
    int next = at + 1;
    for (int i = 0; i < element.getNum_children(); i++) {
      next = write(next, path, defined, repeated);
    }
    return next;
  }

  private void write(SchemaElement element, List<String> path, int definitions, int repetitions)
      throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (repetitions > 0) {
      body.write(zeros());
    }
    body.write(definitions > 0 ? zeros() : new byte[(int) (rows * width(element))]);
    CRC32 crc = new CRC32();
    crc.update(body.toByteArray());
    PageHeader header =
        new PageHeader(PageType.DATA_PAGE, body.size(), body.size())
            .setCrc((int) crc.getValue())
            .setData_page_header(
                new DataPageHeader((int) rows, Encoding.PLAIN, Encoding.RLE, Encoding.RLE));
    headers.accept(header);
    long start = file.size();
    Util.writePageHeader(header, file);
    file.write(body.toByteArray());
    long size = file.size() - start;
    columns.add(
        new ColumnChunk(0)
            .setMeta_data(
                new ColumnMetaData(
                    element.getType(),
                    List.of(Encoding.PLAIN, Encoding.RLE),
                    path,
                    CompressionCodec.UNCOMPRESSED,
                    rows,
                    size,
                    size,
                    start)));
  }

  private static int width(SchemaElement element) {
    return switch (element.getType()) {
      case INT32, FLOAT, BYTE_ARRAY -> 4;
      case INT64, DOUBLE -> 8;
      case INT96 -> 12;
      case FIXED_LEN_BYTE_ARRAY -> element.getType_length();
      case BOOLEAN -> 1;
    };
  }

  /** One run of the level 0, which is a byte for up to 255 levels, with its length before it. */
  private byte[] zeros() throws IOException {
    ByteArrayOutputStream run = new ByteArrayOutputStream();
    long header = rows << 1;
    while (header > 0x7F) {
      run.write((int) ((header & 0x7F) | 0x80));
      header >>>= 7;
    }
    run.write((int) header);
    run.write(0);
    ByteArrayOutputStream levels = new ByteArrayOutputStream();
    levels.write(little(run.size()));
    levels.write(run.toByteArray());
    return levels.toByteArray();
  }

  private static byte[] little(int number) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array();
  }
}
