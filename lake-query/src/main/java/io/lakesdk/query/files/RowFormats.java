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
    throw new InvalidDefinitionException(
        "read",
        Subject.dataset(dataset.id()),
        "its files are " + format.extension() + ", which is not read here");
  }
}
