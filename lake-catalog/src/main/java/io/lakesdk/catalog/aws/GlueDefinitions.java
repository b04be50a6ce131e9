package io.lakesdk.catalog.aws;

import io.lakesdk.AwsBackend;
import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.catalog.definition.DefinitionStore;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.publish.Provenance;
import io.lakesdk.publish.aws.GluePublishing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/**
 * Definitions in tables of Glue. What changed since a table was looked at is told by Glue, which
 * takes an update only for the version that it was made from.
 */
final class GlueDefinitions implements DefinitionStore {

  private static final Logger LOG = LoggerFactory.getLogger(GlueDefinitions.class);

  private final Lake lake;
  private final TableReader reader;
  private final TableForm form;
  private final GlueTables tables;
  private final GluePublishing publishing;

  GlueDefinitions(Lake lake, AwsBackend backend, GlueTables tables) {
    this.lake = lake;
    this.reader = new TableReader(backend.settings());
    this.form = new TableForm(backend.settings());
    this.publishing = new GluePublishing(lake, backend);
    this.tables = tables;
  }

  @Override
  public Optional<Registered> find(DatasetId id) {
    return tables.find(id).map(reader::read);
  }

  /** {@link #find}, where a view is no dataset, which is no error. */
  Optional<Registered> findDataset(DatasetId id) {
    return tables.find(id).filter(table -> !AthenaView.isOne(table)).map(reader::read);
  }

  @Override
  public List<Registered> all() {
    return readable(tables.all());
  }

  @Override
  public List<Registered> all(String database) {
    return readable(tables.all(database));
  }

  /** Tables that are no datasets of this lake are passed over; {@link #find} says why. */
  private List<Registered> readable(List<Table> all) {
    List<Registered> readable = new ArrayList<>();
    for (Table table : all) {
      try {
        readable.add(reader.read(table));
      } catch (InvalidDefinitionException notOurs) {
        LOG.debug("A table of Glue is left out: {}", notOurs.getMessage());
      }
    }
    readable.sort(Comparator.comparing(registered -> registered.dataset().id()));
    return readable;
  }

  @Override
  public List<Registered> versions(DatasetId id) {
    Map<String, Table> versions = new HashMap<>();
    tables.versions(id).forEach(version -> versions.put(version.versionId(), version.table()));
    tables.find(id).ifPresent(current -> versions.put(current.versionId(), current));
    return new TableHistory(reader).of(versions);
  }

  /** All tables are looked at: Glue does not find them by location. */
  @Override
  public Optional<DatasetId> overlapping(Dataset dataset) {
    return all().stream()
        .map(Registered::dataset)
        .filter(other -> !other.id().equals(dataset.id()))
        .filter(other -> other.zone().equals(dataset.zone()))
        .filter(
            other ->
                other.location().startsWith(dataset.location())
                    || dataset.location().startsWith(other.location()))
        .map(Dataset::id)
        .findFirst();
  }

  /** Of a table that was not registered here it is not known, so it may have. */
  @Override
  public boolean hasData(Dataset known) {
    return Provenance.of(lake).hasVersions(known.id())
        || tables.find(known.id()).map(table -> !TableForm.isOurs(table)).orElse(false);
  }

  @Override
  public boolean add(Registered version, Optional<Registered> before) {
    Optional<Table> table = before.flatMap(known -> tables.find(known.dataset().id()));
    if (!table.map(reader::read).equals(before)) {
      return false;
    }
    DatasetId id = version.dataset().id();
    TableInput input =
        table.isPresent()
            ? form.update(version, table.get(), before.orElseThrow().dataset())
            : form.create(version);
    boolean added =
        tables.write(id, "register", table, input, there -> reader.read(there).equals(version));
    if (added) {
      publishing.show(version.dataset());
    }
    return added;
  }

  @Override
  public void remove(DatasetId id) {
    tables.remove(id);
  }
}
