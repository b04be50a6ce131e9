package io.lakesdk.catalog.aws;

import io.lakesdk.DatasetId;
import io.lakesdk.aws.AwsConnection.Calls;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.fault.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.GetDatabasesResponse;
import software.amazon.awssdk.services.glue.model.GetTableVersionsResponse;
import software.amazon.awssdk.services.glue.model.GetTablesResponse;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableVersion;

/** Lists databases, tables and versions of tables, page by page; makes databases. */
final class TableList {

  private static final Logger LOG = LoggerFactory.getLogger(TableList.class);

  /** The most that Glue gives at once. */
  private static final int PAGE = 100;

  private final GlueClient glue;
  private final Calls calls;

  TableList(GlueClient glue, Calls calls) {
    this.glue = glue;
    this.calls = calls;
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

  /** Makes a database, if it is not there. */
  void createDatabase(String name) {
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
