package io.lakesdk.catalog.aws;

import io.lakesdk.AwsBackend;
import io.lakesdk.AwsService;
import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.aws.AwsConnection.Calls;
import io.lakesdk.catalog.definition.DefinitionStore;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.fault.Call;
import io.lakesdk.publish.Provenance;
import io.lakesdk.publish.aws.GluePublishing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/**
 * Definitions in tables of Glue. What changed since a table was looked at is told by Glue, which
 * takes an update only for the version that it was made from.
 */
final class GlueDefinitions implements DefinitionStore {

  private static final Logger LOG = LoggerFactory.getLogger(GlueDefinitions.class);

  private final Lake lake;
  private final GlueClient glue;
  private final Calls calls;
  private final TableReader reader;
  private final TableForm form;
  private final TableList tables;
  private final GluePublishing publishing;

  GlueDefinitions(Lake lake, AwsBackend backend) {
    this.lake = lake;
    this.glue = backend.connection().client(AwsService.GLUE, GlueClient.builder());
    this.calls = backend.connection().glue();
    this.reader = new TableReader(backend.settings());
    this.form = new TableForm(backend.settings());
    this.publishing = new GluePublishing(lake, backend);
    this.tables = new TableList(glue, calls);
  }

  @Override
  public Optional<Registered> find(DatasetId id) {
    return table(id).map(reader::read);
  }

  /** {@link #find}, where a view is no dataset, which is no error. */
  Optional<Registered> findDataset(DatasetId id) {
    return table(id).filter(table -> !AthenaView.isOne(table)).map(reader::read);
  }

  private Optional<Table> table(DatasetId id) {
    return calls.read(Call.READ_METADATA, "find", Subject.dataset(id), () -> look(id));
  }

  private Optional<Table> look(DatasetId id) {
    try {
      return Optional.of(
          glue.getTable(table -> table.databaseName(id.database()).name(id.table())).table());
    } catch (EntityNotFoundException absent) {
      return Optional.empty();
    }
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
    table(id).ifPresent(current -> versions.put(current.versionId(), current));
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
        || table(known.id()).map(table -> !TableForm.isOurs(table)).orElse(false);
  }

  @Override
  public boolean add(Registered version, Optional<Registered> before) {
    Optional<Table> table = before.flatMap(known -> table(known.dataset().id()));
    if (!table.map(reader::read).equals(before)) {
      return false;
    }
    boolean added =
        table.isPresent()
            ? update(version, table.get(), before.orElseThrow().dataset())
            : create(version);
    if (added) {
      publishing.show(version.dataset());
    }
    return added;
  }

  private boolean create(Registered version) {
    DatasetId id = version.dataset().id();
    TableInput input = form.create(version);
    Supplier<Boolean> work =
        () -> {
          glue.createTable(table -> table.databaseName(id.database()).tableInput(input));
          return true;
        };
    try {
      return write(version, work);
    } catch (AlreadyExistsException meanwhile) {
      return false;
    } catch (NotFoundException noDatabase) {
      tables.createDatabase(id.database());
      return false;
    }
  }

  private boolean update(Registered version, Table table, Dataset known) {
    DatasetId id = version.dataset().id();
    TableInput input = form.update(version, table, known);
    Supplier<Boolean> work =
        () -> {
          glue.updateTable(
              update ->
                  update
                      .databaseName(id.database())
                      .versionId(table.versionId())
                      .tableInput(input));
          return true;
        };
    try {
      return write(version, work);
    } catch (ConflictException | NotFoundException meanwhile) {
      return false;
    }
  }

  /** Where no answer came, the table tells whether it was written. */
  private boolean write(Registered version, Supplier<Boolean> work) {
    DatasetId id = version.dataset().id();
    return calls.settle(
        Call.WRITE_METADATA,
        "register",
        Subject.dataset(id),
        work,
        () -> look(id).map(reader::read).filter(version::equals).map(there -> true));
  }

  @Override
  public void remove(DatasetId id) {
    try {
      calls.repeat(
          Call.WRITE_METADATA,
          "drop",
          Subject.dataset(id),
          () -> glue.deleteTable(table -> table.databaseName(id.database()).name(id.table())));
    } catch (NotFoundException gone) {
      LOG.debug("Dataset {} was dropped meanwhile", id);
    }
  }
}
