package io.lakesdk.catalog.aws;

import io.lakesdk.AwsService;
import io.lakesdk.DatasetId;
import io.lakesdk.aws.AwsConnection;
import io.lakesdk.aws.AwsConnection.Calls;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.fault.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetDatabasesResponse;
import software.amazon.awssdk.services.glue.model.GetTableVersionsResponse;
import software.amazon.awssdk.services.glue.model.GetTablesResponse;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.TableVersion;

/** The tables of Glue and their databases, whatever is in them. */
final class GlueTables {

  private static final Logger LOG = LoggerFactory.getLogger(GlueTables.class);

  /** The most that Glue gives at once. */
  private static final int PAGE = 100;

  private final GlueClient glue;
  private final Calls calls;

  GlueTables(AwsConnection connection) {
    this.glue = connection.client(AwsService.GLUE, GlueClient.builder());
    this.calls = connection.glue();
  }

  /** The table as it is; empty if there is none. */
  Optional<Table> find(DatasetId id) {
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

  private record Page<T>(List<T> items, @Nullable String next) {}

  /** The tables of all databases. */
  List<Table> all() {
    List<Database> databases =
        pages(
            Subject.of(Subject.Kind.METADATA, "databases"),
            token -> {
              GetDatabasesResponse page =
                  glue.getDatabases(request -> request.maxResults(PAGE).nextToken(token));
              return new Page<>(page.databaseList(), page.nextToken());
            });
    List<Table> tables = new ArrayList<>();
    databases.forEach(database -> tables.addAll(all(database.name())));
    return tables;
  }

  /** The tables of a database; none if there is no such database. */
  List<Table> all(String database) {
    try {
      return pages(
          Subject.of(Subject.Kind.METADATA, "database " + database),
          token -> {
            GetTablesResponse page =
                glue.getTables(
                    request -> request.databaseName(database).maxResults(PAGE).nextToken(token));
            return new Page<>(page.tableList(), page.nextToken());
          });
    } catch (NotFoundException noDatabase) {
      return List.of();
    }
  }

  /** What Glue kept of a table; none if there is no such table. */
  List<TableVersion> versions(DatasetId id) {
    try {
      return pages(
          Subject.dataset(id),
          token -> {
            GetTableVersionsResponse page =
                glue.getTableVersions(
                    request ->
                        request
                            .databaseName(id.database())
                            .tableName(id.table())
                            .maxResults(PAGE)
                            .nextToken(token));
            return new Page<>(page.tableVersions(), page.nextToken());
          });
    } catch (NotFoundException noTable) {
      return List.of();
    }
  }

  /**
   * Writes a table, and makes its database if that is missing.
   *
   * @param verb what is done, for errors
   * @param before what the table was when {@code input} was made; empty creates it
   * @param written whether a table is the one that this call writes: where no answer came, it tells
   *     what became of the call
   * @return false if the table is not as it was before, and nothing was written; or if there was no
   *     database
   */
  boolean write(
      DatasetId id,
      String verb,
      Optional<Table> before,
      TableInput input,
      Predicate<Table> written) {
    try {
      return calls.settle(
          Call.WRITE_METADATA,
          verb,
          Subject.dataset(id),
          () -> {
            before.ifPresentOrElse(table -> update(table, input), () -> create(id, input));
            return true;
          },
          () -> look(id).filter(written).map(there -> true));
    } catch (ConflictException | AlreadyExistsException changedMeanwhile) {
      return false;
    } catch (NotFoundException gone) {
      if (before.isEmpty()) {
        createDatabase(id.database());
      }
      return false;
    }
  }

  private void create(DatasetId id, TableInput input) {
    glue.createTable(table -> table.databaseName(id.database()).tableInput(input));
  }

  private void update(Table table, TableInput input) {
    glue.updateTable(
        update ->
            update
                .databaseName(table.databaseName())
                .versionId(table.versionId())
                .tableInput(input));
  }

  /** Removes a table, if it is there. */
  void remove(DatasetId id) {
    try {
      calls.repeat(
          Call.WRITE_METADATA,
          "drop",
          Subject.dataset(id),
          () -> glue.deleteTable(table -> table.databaseName(id.database()).name(id.table())));
    } catch (NotFoundException gone) {
      LOG.debug("Table {} was dropped meanwhile", id);
    }
  }

  private void createDatabase(String name) {
    try {
      calls.repeat(
          Call.WRITE_METADATA,
          "create",
          Subject.of(Subject.Kind.METADATA, "database " + name),
          () -> glue.createDatabase(database -> database.databaseInput(in -> in.name(name))));
    } catch (AlreadyExistsException meanwhile) {
      LOG.debug("Database {} was created meanwhile", name);
    }
  }

  private <T> List<T> pages(Subject subject, Function<@Nullable String, Page<T>> call) {
    List<T> all = new ArrayList<>();
    @Nullable String token = null;
    do {
      @Nullable String from = token;
      Page<T> page = calls.read(Call.READ_METADATA, "list", subject, () -> call.apply(from));
      all.addAll(page.items());
      token = page.next();
    } while (token != null && !token.isEmpty());
    return all;
  }
}
