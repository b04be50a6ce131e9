package io.lakesdk.query.statement.hive;

import io.lakesdk.AwsPlace;
import io.lakesdk.Bucketing;
import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.access.Action;
import io.lakesdk.access.Resource;
import io.lakesdk.catalog.Definitions;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.publish.Write;
import io.lakesdk.query.Rows;
import io.lakesdk.query.folder.FolderFiles;
import io.lakesdk.query.rows.FixedRows;
import io.lakesdk.query.sql.SqlErrors;
import io.lakesdk.query.statement.table.Locations;
import io.lakesdk.query.statement.table.NewDataset;
import io.lakesdk.query.statement.table.TableNames;
import io.lakesdk.schema.ArrayType;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.MapType;
import io.lakesdk.schema.Schema;
import io.lakesdk.schema.StructType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * CREATE EXTERNAL TABLE: registers a folder of a zone, and makes what is in it the content of the
 * table unless it is partitioned. Partitions are added by MSCK REPAIR TABLE and ALTER TABLE ADD
 * PARTITION. Source: "CREATE TABLE" of the Athena user guide.
 *
 * @param keys the partition keys
 * @param bucketing CLUSTERED BY
 * @param properties TBLPROPERTIES
 */
record CreateExternalTable(
    boolean ifNotExists,
    List<String> name,
    List<Column> columns,
    List<Column> keys,
    Optional<Bucketing> bucketing,
    Optional<String> comment,
    HiveFormats.Storage storage,
    String location,
    Map<String, String> properties)
    implements Ddl {

  @Override
  public Rows run(Lake lake, String database) {
    DatasetId id = TableNames.id(name, database);
    AwsPlace place = place(lake, location);
    lake.access().require(Action.WRITE, Resource.zone(place.zone()));
    Dataset dataset = dataset(id, place);
    if (Definitions.of(lake).find(id).isPresent()) {
      if (ifNotExists) {
        return FixedRows.none();
      }
      throw NewDataset.exists(id);
    }
    NewDataset created = new NewDataset(lake, dataset);
    return created.create(() -> fill(lake, dataset, created));
  }

  private static Rows fill(Lake lake, Dataset dataset, NewDataset created) {
    List<FolderFiles.Member> files =
        dataset.isPartitioned() ? List.of() : FolderFiles.of(lake, dataset).unpartitioned();
    if (files.isEmpty()) {
      created.registerAlone();
    } else {
      // Replacing, though there is nothing, conflicts with whoever else creates the table.
      new Adoption(lake, dataset).publish(Write.overwrite(), files, created::register);
    }
    return FixedRows.none();
  }

  /**
   * The folder that LOCATION names.
   *
   * @throws InvalidDefinitionException if it is none of the lake's
   */
  static AwsPlace place(Lake lake, String location) {
    return Locations.parse(lake, location)
        .orElseThrow(
            () ->
                SqlErrors.refuse(
                    "LOCATION is not a folder of one of the lake's zones, which is written"
                        + " 's3://bucket/folder/'; copy the files into a zone first"));
  }

  private Dataset dataset(DatasetId id, AwsPlace place) {
    Settings table = new Settings("TBLPROPERTIES", properties);
    Format format = HiveFormats.of(storage, table);
    TableSettings common = TableSettings.take(table, format, keys);
    table.requireNoneLeft();
    requireReadable(format);
    return new Dataset(
        id,
        place.zone(),
        place.folder(),
        format,
        Schema.of(columns),
        keys,
        comment.or(common::comment),
        Optional.empty(),
        common.projection(),
        bucketing);
  }

  private void requireReadable(Format format) {
    for (Column column : columns) {
      boolean nested =
          column.type() instanceof ArrayType
              || column.type() instanceof MapType
              || column.type() instanceof StructType;
      if (nested && (format instanceof Format.Csv || format instanceof Format.OpenCsv)) {
        throw SqlErrors.refuse(
            "column "
                + column.name()
                + " is "
                + column.type()
                + ", which delimited files cannot hold here; declare it as string");
      }
    }
  }
}
