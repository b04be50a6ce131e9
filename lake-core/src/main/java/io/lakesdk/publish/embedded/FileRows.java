package io.lakesdk.publish.embedded;

import io.lakesdk.Zone;
import io.lakesdk.metadata.Row;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Partition;
import io.lakesdk.storage.ObjectRef;
import java.util.Optional;

/** Reads the files of one result. Rows have columns named as they are here. */
final class FileRows {

  static final String COLUMNS =
      "p.path, f.zone, f.key, f.object_version, f.bytes, f.rows, f.sha256";
  static final String ORDER = " ORDER BY p.path, f.key";

  private FileRows() {}

  static DataFile read(Row row, Partition partition) {
    return new DataFile(
        object(row),
        partition,
        row.number("bytes"),
        row.optionalNumber("rows"),
        Optional.of(row.text("sha256")));
  }

  static ObjectRef object(Row row) {
    return new ObjectRef(Zone.named(row.text("zone")), row.text("key"), row.text("object_version"));
  }
}
