package io.lakesdk.query.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.publish.DataFile;
import io.lakesdk.query.files.RowFormat;
import io.lakesdk.query.files.RowFormats;
import io.lakesdk.query.files.RowFunction;
import io.lakesdk.query.files.RowScan;
import io.lakesdk.schema.Column;
import java.util.List;
import java.util.Optional;

/** Reads files whose rows come from Java, file by file. Empty files have no rows. */
final class RowsScan implements TableScan.Reader {

  private final Dataset dataset;
  private final Plan plan;

  RowsScan(Dataset dataset, Plan plan) {
    this.dataset = dataset;
    this.plan = plan;
  }

  @Override
  public List<TableScan.Part> parts(List<Column> columns, List<DataFile> files) {
    RowFormat format = RowFormats.of(dataset, columns);
    List<DataFile> full = files.stream().filter(file -> file.bytes() > 0).toList();
    if (full.isEmpty()) {
      return List.of();
    }
    RowScan scan =
        new RowScan(
            format, columns, full.stream().map(DataFile::object).toList(), plan.lease(full));
    plan.add(new Plan.Scan(dataset.id(), full, Optional.empty()));
    return List.of(
        new TableScan.Part(
            RowFunction.call(plan.add(scan)), RowFunction.expressions(scan), TableScan.FILE, full));
  }
}
