package io.lakesdk.query.files.ion;

import com.amazon.ion.IonBufferConfiguration;
import com.amazon.ion.IonException;
import com.amazon.ion.IonReader;
import com.amazon.ion.IonSystem;
import com.amazon.ion.UnknownSymbolException;
import com.amazon.ion.system.IonReaderBuilder;
import com.amazon.ion.system.IonSystemBuilder;
import io.lakesdk.Format;
import io.lakesdk.query.duckdb.Texts;
import io.lakesdk.query.files.FileColumns;
import io.lakesdk.query.files.RowFormat;
import io.lakesdk.query.files.RowScan;
import io.lakesdk.query.files.compression.TextCompression;
import io.lakesdk.schema.ArrayType;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.MapType;
import io.lakesdk.schema.StructType;
import io.lakesdk.storage.ObjectRef;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads Amazon Ion, text or binary, whatever the file is. Each value at the top is a row; columns
 * are the fields of its name, or where their paths lead, and NULL where there is nothing. Of
 * several values for a column the last one counts.
 */
public final class IonFormat implements RowFormat {

  /** The largest value of binary Ion that is held in memory at once. */
  private static final int LARGEST = 256 << 20;

  private final IonSystem system = IonSystemBuilder.standard().build();
  private final Format.Ion format;

  /**
   * @param format whose paths are such as {@link IonPath#isPath}
   * @throws NoClassDefFoundError if Ion's library is not there
   */
  public IonFormat(Format.Ion format) {
    this.format = format;
  }

  /** Whether the maps in a type have keys of text, as all maps of Ion do. */
  public static boolean hasTextKeys(DataType type) {
    if (type instanceof ArrayType array) {
      return hasTextKeys(array.element());
    } else if (type instanceof MapType map) {
      return Texts.isText(map.key()) && hasTextKeys(map.value());
    }
    return !(type instanceof StructType struct)
        || struct.fields().stream().allMatch(field -> hasTextKeys(field.type()));
  }

  @Override
  public boolean isText() {
    return false;
  }

  @Override
  public Reader open(ObjectRef file, Path path, List<Column> columns) throws IOException {
    FileColumns names = new FileColumns(file);
    InputStream in = new BufferedInputStream(TextCompression.of(file).open(file, path));
    try {
      if (isGzip(in)) {
        throw names.bad("it is compressed with gzip, which its name does not say; name it .gz");
      }
      return new Rows(readers(names).build(in), in, names, columns);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static IonReaderBuilder readers(FileColumns names) {
    return IonReaderBuilder.standard()
        .withBufferConfiguration(
            IonBufferConfiguration.Builder.standard()
                .withMaximumBufferSize(LARGEST)
                .onOversizedValue(() -> tooLarge(names))
                .onOversizedSymbolTable(() -> tooLarge(names))
                .onData(bytes -> {})
                .build());
  }

  private static void tooLarge(FileColumns names) {
    throw names.bad("one of its values is larger than " + (LARGEST >> 20) + " MiB");
  }

  /** Ion's library would unpack it whatever it grows to. */
  private static boolean isGzip(InputStream in) throws IOException {
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip;
  }

  private final class Rows implements Reader {

    private final IonReader in;
    private final InputStream content;
    private final FileColumns names;
    private final List<Column> columns;
    private final IonValues values;
    private final IonSearch search;
    private @Nullable Object[] row = new @Nullable Object[0];

    Rows(IonReader in, InputStream content, FileColumns names, List<Column> columns) {
      this.in = in;
      this.content = content;
      this.names = names;
      this.columns = columns;
      this.values = new IonValues(names, format.letters());
      this.search =
          new IonSearch(
              system, format.letters(), columns.stream().map(this::path).toList(), this::found);
    }

    private IonPath path(Column column) {
      String path = format.paths().get(column.name());
      return path == null ? IonPath.to(column.name()) : IonPath.of(path);
    }

    @Override
    public boolean next(@Nullable Object[] next) {
      Arrays.fill(next, null);
      row = next;
      try {
        if (in.next() == null) {
          return false;
        }
        search.search(in);
        return true;
      } catch (IonException e) {
        if (format.damage() == Format.Damage.PASSED_OVER) {
          return false;
        }
        if (e instanceof UnknownSymbolException) {
          throw names.bad("it needs a shared symbol table, which Athena does not look up");
        }
        throw e;
      }
    }

    private void found(int number, IonReader at) {
      Column column = columns.get(number);
      try {
        row[number] =
            values.read(at, column.type(), format.overflowOf(column.name()), column.name());
      } catch (ArithmeticException e) {
        throw new RowScan.Misfit(column);
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
      content.close();
    }
  }
}
