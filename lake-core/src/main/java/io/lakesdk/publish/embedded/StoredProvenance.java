package io.lakesdk.publish.embedded;

import io.lakesdk.DatasetId;
import io.lakesdk.metadata.MetadataStore;
import io.lakesdk.metadata.Row;
import io.lakesdk.publish.Provenance;
import io.lakesdk.publish.Version;
import java.util.List;

/** Reads the sources that versions have noted. */
record StoredProvenance(MetadataStore metadata) implements Provenance {

  private static final String STEPS =
      "SELECT s.name AS source, max(s.source_version) AS read, s.via, d.name AS target,"
          + " max(s.version) AS written FROM publish_source s"
          + " JOIN publish_dataset d ON d.id = s.dataset ";

  @Override
  public boolean hasVersions(DatasetId dataset) {
    return metadata.read(
        tx -> Entry.find(tx, dataset).filter(entry -> entry.version() > 0).isPresent());
  }

  @Override
  public List<Step> to(DatasetId dataset) {
    return steps(
        "WHERE d.name = ? GROUP BY s.name, s.via, s.source_version IS NULL ORDER BY 1, 3", dataset);
  }

  @Override
  public List<Step> from(DatasetId dataset) {
    return steps(
        "WHERE s.name = ? AND s.source_version IS NOT NULL GROUP BY d.name, s.via ORDER BY 4, 3",
        dataset);
  }

  private List<Step> steps(String which, DatasetId dataset) {
    return metadata.read(tx -> tx.list(STEPS + which, StoredProvenance::step, dataset.toString()));
  }

  private static Step step(Row row) {
    return new Step(
        new Version.Source(row.text("source"), row.optionalNumber("read"), row.text("via")),
        DatasetId.parse(row.text("target")),
        row.number("written"));
  }
}
