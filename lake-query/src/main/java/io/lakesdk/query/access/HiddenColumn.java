package io.lakesdk.query.access;

import io.lakesdk.AwsBackend;
import io.lakesdk.AwsPlace;
import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.publish.DataFile;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.storage.ObjectRef;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Columns that tell of the file that a row is in. They are named and never part of {@code *}, and
 * only those have them who see all of a dataset, since places of files tell values of partition
 * keys. Sources: "Get the file locations for source data in Amazon S3" in the Athena User Guide,
 * and the columns of these names of Trino's Hive connector.
 */
public enum HiddenColumn {
  /** Where the object is, as {@code s3://bucket/key}; in an embedded lake with the zone's name. */
  PATH("$path"),

  /** How many bytes it has. */
  FILE_SIZE("$file_size"),

  /** The keys of its partition, as {@code day=2024-01-01/hour=7}. */
  PARTITION("$partition");

  private final String sqlName;

  HiddenColumn(String sqlName) {
    this.sqlName = sqlName;
  }

  /** Those that a dataset has; a column of its own of the same name wins. */
  public static List<HiddenColumn> of(Dataset dataset) {
    return Arrays.stream(values())
        .filter(hidden -> dataset.columns().find(hidden.sqlName).isEmpty())
        .toList();
  }

  /** Those of these names. */
  public static List<HiddenColumn> of(Dataset dataset, Set<String> names) {
    return of(dataset).stream().filter(hidden -> names.contains(hidden.sqlName)).toList();
  }

  public Column column() {
    return Column.of(sqlName, this == FILE_SIZE ? DataType.BIGINT : DataType.STRING);
  }

  /** The value in all rows of a file, as text. */
  public String value(Lake lake, DataFile file) {
    return switch (this) {
      case PATH -> uri(lake, file.object());
      case FILE_SIZE -> Long.toString(file.bytes());
      case PARTITION -> file.partition().path();
    };
  }

  private static String uri(Lake lake, ObjectRef object) {
    return lake.backend() instanceof AwsBackend aws
        ? new AwsPlace(object.zone(), object.key()).uri(aws.settings())
        : "s3://" + object.zone() + "/" + object.key();
  }
}
