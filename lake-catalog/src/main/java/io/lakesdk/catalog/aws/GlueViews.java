package io.lakesdk.catalog.aws;

import io.lakesdk.AwsBackend;
import io.lakesdk.AwsService;
import io.lakesdk.DatasetId;
import io.lakesdk.aws.AwsConnection.Calls;
import io.lakesdk.catalog.Views.Version;
import io.lakesdk.catalog.definition.ViewStore;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.fault.Call;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/** Views as Athena keeps them in Glue, whoever made them. */
final class GlueViews implements ViewStore {

  private static final Logger LOG = LoggerFactory.getLogger(GlueViews.class);

  private final GlueClient glue;
  private final Calls calls;
  private final TableList tables;

  GlueViews(AwsBackend backend) {
    this.glue = backend.connection().client(AwsService.GLUE, GlueClient.builder());
    this.calls = backend.connection().glue();
    this.tables = new TableList(glue, calls);
  }

  @Override
  public Optional<Version> find(DatasetId id) {
    return table(id).filter(AthenaView::isOne).map(AthenaView::read);
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
  public List<Version> all() {
    return readable(tables.all());
  }

  @Override
  public List<Version> all(String database) {
    return readable(tables.all(database));
  }

  /** Views that cannot be read are passed over; {@link #find} says why. */
  private static List<Version> readable(List<Table> all) {
    List<Version> views = new ArrayList<>();
    for (Table table : all) {
      try {
        if (AthenaView.isOne(table)) {
          views.add(AthenaView.read(table));
        }
      } catch (InvalidDefinitionException unreadable) {
        LOG.debug("A view of Glue is left out: {}", unreadable.getMessage());
      }
    }
    views.sort(Comparator.comparing(version -> version.view().id()));
    return views;
  }

  /** Glue keeps one for each update; those in a row that say the same are one here. */
  @Override
  public List<Version> versions(DatasetId id) {
    SortedMap<Long, Table> kept = new TreeMap<>();
    tables
        .versions(id)
        .forEach(version -> kept.put(Long.parseLong(version.versionId()), version.table()));
    table(id).ifPresent(current -> kept.put(Long.parseLong(current.versionId()), current));
    List<Version> newestFirst = new ArrayList<>();
    for (Table table : kept.values()) {
      for (Version version : readable(List.of(table))) {
        if (newestFirst.isEmpty() || !newestFirst.get(0).view().equals(version.view())) {
          newestFirst.add(
              0, new Version(newestFirst.size() + 1L, version.view(), version.at(), version.by()));
        }
      }
    }
    return newestFirst;
  }

  @Override
  public boolean add(Version version, Optional<Version> before) {
    DatasetId id = version.view().id();
    Optional<Table> table = table(id);
    if (table.isPresent() && !AthenaView.isOne(table.get())) {
      throw new AlreadyExistsException(
          "create",
          Subject.dataset(id),
          "there is a table of that name in Glue; give the view another name");
    }
    if (!table.map(AthenaView::read).equals(before)) {
      return false;
    }
    TableInput input = AthenaView.write(version);
    try {
      return table.isPresent() ? update(version, input, table.get()) : create(version, input);
    } catch (ConflictException | AlreadyExistsException meanwhile) {
      return false;
    }
  }

  private boolean update(Version version, TableInput input, Table table) {
    try {
      return write(
          version,
          () -> {
            glue.updateTable(
                update ->
                    update
                        .databaseName(table.databaseName())
                        .versionId(table.versionId())
                        .tableInput(input));
            return true;
          });
    } catch (NotFoundException dropped) {
      return false;
    }
  }

  private boolean create(Version version, TableInput input) {
    DatasetId id = version.view().id();
    try {
      return write(
          version,
          () -> {
            glue.createTable(table -> table.databaseName(id.database()).tableInput(input));
            return true;
          });
    } catch (NotFoundException noDatabase) {
      tables.createDatabase(id.database());
      return false;
    }
  }

  /** Where no answer came, the table tells whether it was written. */
  private boolean write(Version version, Supplier<Boolean> work) {
    DatasetId id = version.view().id();
    return calls.settle(
        Call.WRITE_METADATA,
        "create",
        Subject.dataset(id),
        work,
        () ->
            look(id)
                .filter(AthenaView::isOne)
                .map(AthenaView::read)
                .filter(version::equals)
                .map(there -> true));
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
      LOG.debug("View {} was dropped meanwhile", id);
    }
  }
}
