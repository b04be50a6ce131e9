package io.lakesdk.query.files;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.schema.Column;
import java.util.List;

/** Which formats Java reads. */
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
    throw new InvalidDefinitionException(
        "read",
        Subject.dataset(dataset.id()),
        "its files are " + format.extension() + ", which is not read here");
  }

  private static RowFormat orc(Dataset dataset, Format.Orc orc) {
    try {
      return new OrcFormat(orc.access(), dataset.schema().names());
    } catch (NoClassDefFoundError e) {
      throw new InvalidDefinitionException(
          "read",
          Subject.dataset(dataset.id()),
          "its files are ORC, which Apache ORC reads; add org.apache.orc:orc-core and orc-format"
              + " with the classifier nohive to the class path");
    }
  }
}
