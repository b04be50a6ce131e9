package io.lakesdk.query.files;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.files.ion.IonFormat;
import io.lakesdk.query.files.ion.IonPath;
import io.lakesdk.query.files.json.CloudTrailFormat;
import io.lakesdk.schema.Column;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Which formats Java reads and writes. */
public final class RowFormats {

  private RowFormats() {}

  /**
   * How a dataset's files are read.
   *
   * @param columns those that are read
   * @throws InvalidDefinitionException if the dataset's format does not have such columns
   */
  public static RowFormat of(Dataset dataset, List<Column> columns) {
    Format format = dataset.format();
    if (format instanceof Format.Avro) {
      return new AvroFormat();
    }
    if (format instanceof Format.Orc orc) {
      return orc(dataset, orc);
    }
    if (format instanceof Format.CloudTrail) {
      return new CloudTrailFormat();
    }
    if (format instanceof Format.Ion ion) {
      return ion(dataset, ion, columns);
    }
    if (format instanceof Format.Delimited delimited) {
      checkLevels("read", dataset, columns);
      return new DelimitedFormat(delimited, dataset.schema().names());
    }
    if (format instanceof Format.OpenCsv csv) {
      checkText(dataset, columns);
      return new OpenCsvFormat(csv, dataset.schema().names());
    }
    if (format instanceof Format.Regex regex) {
      checkText(dataset, columns);
      return regex(regex, dataset.schema().names());
    }
    if (format instanceof Format.Grok grok) {
      checkText(dataset, columns);
      return GrokLines.of(dataset, grok);
    }
    throw new InvalidDefinitionException(
        "read",
        Subject.dataset(dataset.id()),
        "its files are " + format.extension() + ", which is not read here");
  }

  private static RowFormat orc(Dataset dataset, Format.Orc orc) {
    try {
      return new OrcFormat(orc.access(), dataset.schema().names());
    } catch (NoClassDefFoundError e) {
      throw withoutOrc("read", dataset);
    }
  }

  private static RowFormat ion(Dataset dataset, Format.Ion ion, List<Column> columns) {
    Subject subject = Subject.dataset(dataset.id());
    for (Column column : columns) {
      String path = ion.paths().getOrDefault(column.name(), "()");
      if (!IonPath.isPath(path)) {
        throw new InvalidDefinitionException(
            "read",
            subject,
            "the path of its column " + column.name() + " is no search path such as (a b)");
      }
      if (!IonFormat.hasTextKeys(column.type())) {
        throw new InvalidDefinitionException(
            "read",
            subject,
            "its column "
                + column.name()
                + " is "
                + column.type()
                + ", and a map of Ion has keys of text");
      }
    }
    try {
      return new IonFormat(ion);
    } catch (NoClassDefFoundError e) {
      throw new InvalidDefinitionException(
          "read",
          subject,
          "its files are Ion, which Ion's library reads; add com.amazon.ion:ion-java to the class"
              + " path");
    }
  }

  private static InvalidDefinitionException withoutOrc(String verb, Dataset dataset) {
    return new InvalidDefinitionException(
        verb,
        Subject.dataset(dataset.id()),
        "its files are ORC, which Apache ORC "
            + verb
            + "s; add org.apache.orc:orc-core and orc-format with the classifier nohive to the"
            + " class path");
  }

  /** Whether {@link #writer} writes files of the format. */
  public static boolean isWritten(Format format) {
    return format instanceof Format.Avro
        || format instanceof Format.Orc
        || format instanceof Format.OpenCsv
        || format instanceof Format.Delimited;
  }

  /**
   * Begins a file of a dataset's columns.
   *
   * @param file is overwritten
   * @throws InvalidDefinitionException if the format cannot have such columns, or its library is
   *     not there
   */
  public static RowWriter writer(Dataset dataset, Path file) throws IOException {
    if (dataset.format() instanceof Format.OpenCsv csv) {
      return new OpenCsvWriter(dataset, csv, file);
    }
    if (dataset.format() instanceof Format.Avro) {
      return new AvroWriter(dataset, file);
    }
    if (dataset.format() instanceof Format.Delimited delimited) {
      checkLevels("write", dataset, dataset.schema().columns());
      return new DelimitedWriter(dataset, delimited, file);
    }
    try {
      return new OrcWriter(dataset, file);
    } catch (NoClassDefFoundError e) {
      throw withoutOrc("write", dataset);
    }
  }

  /** Lines that are passed over and were written by nobody cannot be written again. */
  static void requireOneHeaderLine(Dataset dataset, int lines) {
    if (lines > 1) {
      throw new InvalidDefinitionException(
          "write",
          Subject.dataset(dataset.id()),
          "its files begin with "
              + lines
              + " lines that are passed over, of which one at most is written here");
    }
  }

  private static void checkLevels(String verb, Dataset dataset, List<Column> columns) {
    for (Column column : columns) {
      if (!DelimitedFormat.hasRoom(column.type(), 1)) {
        throw new InvalidDefinitionException(
            verb,
            Subject.dataset(dataset.id()),
            "its column "
                + column.name()
                + " is "
                + column.type()
                + ", for which delimited lines do not have enough delimiters");
      }
    }
  }

  private static void checkText(Dataset dataset, List<Column> columns) {
    for (Column column : columns) {
      if (NestedJson.isNested(column.type())) {
        throw new InvalidDefinitionException(
            "read",
            Subject.dataset(dataset.id()),
            "its column "
                + column.name()
                + " is "
                + column.type()
                + ", which a part of a line cannot hold");
      }
    }
  }

  /** Groups are the columns in order; those beyond the last column are passed over. */
  private static RowFormat regex(Format.Regex regex, List<String> columns) {
    boolean ignored = regex.letters() == Format.LetterCase.IGNORED;
    Pattern pattern =
        Pattern.compile(regex.pattern(), Pattern.DOTALL | (ignored ? Pattern.CASE_INSENSITIVE : 0));
    int count = pattern.matcher("").groupCount();
    Map<String, LineFormat.Group> groups = new HashMap<>();
    for (int i = 0; i < Math.min(count, columns.size()); i++) {
      int number = i + 1;
      groups.put(columns.get(i), match -> match.group(number));
    }
    return new LineFormat(pattern, groups, true, regex.headerLines());
  }
}
