package io.lakesdk.query.federated;

import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.access.Action;
import io.lakesdk.access.Resource;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.fault.Call;
import io.lakesdk.query.access.VisibleTable;
import io.lakesdk.query.federated.FederatedSource.TableName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * The federated sources of an open lake, by the catalog name that statements have for each. They
 * are known from {@link #register} until the lake is closed, and are not kept in it: a source is
 * code and credentials.
 *
 * <p>Their tables are authorised as datasets are: {@code
 * Grant.select("id").on("pg.public.orders").to(role)}. Without a grant nobody but the administrator
 * sees anything of them, and whether they are there is not asked.
 */
public final class Federation {

  private final Lake lake;
  private final Sources sources;

  private Federation(Lake lake, Sources sources) {
    this.lake = lake;
    this.sources = sources;
  }

  /** Those of this lake, as its principal sees them. */
  public static Federation of(Lake lake) {
    return new Federation(lake, lake.shared(Sources.class, Sources::new));
  }

  /** What all views of one lake share. Sources are closed by whoever made them. */
  private static final class Sources implements AutoCloseable {
    private final ConcurrentMap<String, FederatedSource> byCatalog = new ConcurrentHashMap<>();

    @Override
    public void close() {
      byCatalog.clear();
    }
  }

  /**
   * Makes a source known.
   *
   * @param catalog 1 to 128 letters, digits and underscores; case does not matter
   * @throws AlreadyExistsException if the name is taken
   * @throws InvalidDefinitionException if it can be no name, or is Athena's own
   * @throws AccessDeniedException to all but the administrator
   */
  public void register(String catalog, FederatedSource source) {
    requireAdministrator();
    String name = id(catalog, "any", "any").catalog().orElseThrow();
    if (name.equals(DatasetId.OWN_CATALOG)) {
      throw new InvalidDefinitionException(
          "register", source(name), "it is the catalog of the lake's own datasets");
    }
    if (sources.byCatalog.putIfAbsent(name, source) != null) {
      throw new AlreadyExistsException(
          "register", source(name), "there is a source of that name; remove it first");
    }
  }

  /**
   * Forgets a source. Statements that read it already go on.
   *
   * @throws NotFoundException if there is none of that name
   * @throws AccessDeniedException to all but the administrator
   */
  public void remove(String catalog) {
    requireAdministrator();
    String name = catalog.toLowerCase(Locale.ROOT);
    if (sources.byCatalog.remove(name) == null) {
      throw new NotFoundException(
          "remove", source(name), "there are the sources " + String.join(", ", catalogs()));
    }
  }

  private void requireAdministrator() {
    lake.access().require(Action.ADMINISTER, new Resource.OfLake(lake.name()));
  }

  private static Subject source(String catalog) {
    return Subject.of(Subject.Kind.SOURCE, catalog);
  }

  /** The names of the sources, in lower case and in order. Nobody is kept from knowing them. */
  public List<String> catalogs() {
    return sources.byCatalog.keySet().stream().sorted().toList();
  }

  /**
   * The tables of a source that the principal may see and statements can name.
   *
   * @throws NotFoundException if there is no such source
   */
  public List<DatasetId> tables(String catalog) {
    String name = catalog.toLowerCase(Locale.ROOT);
    return ask(source(name), "list the tables of", () -> find(name).tables()).stream()
        .filter(table -> DatasetId.canBe(table.schema()) && DatasetId.canBe(table.table()))
        .map(table -> id(name, table.schema(), table.table()))
        .distinct()
        .filter(id -> !VisibleTable.isHidden(lake, id))
        .sorted()
        .toList();
  }

  private FederatedSource find(String catalog) {
    FederatedSource source = sources.byCatalog.get(catalog);
    if (source == null) {
      throw new NotFoundException(
          "find", source(catalog), "there are the sources " + String.join(", ", catalogs()));
    }
    return source;
  }

  /** How messages, grants and the audit name a table. */
  public static DatasetId id(String catalog, String schema, String table) {
    return new DatasetId(catalog + "." + schema, table);
  }

  /**
   * A table of a registered source, for engines, which authorise what they read of it. The source
   * is asked only if the principal may see something of the table.
   *
   * @throws NotFoundException if it is not there
   * @throws AccessDeniedException if the principal may see nothing of it
   */
  public SourceTableAccess table(DatasetId id) {
    if (VisibleTable.isHidden(lake, id)) {
      throw hidden(id);
    }
    FederatedSource source = find(id.catalog().orElseThrow());
    TableName name = new TableName(id.schema(), id.table());
    SourceTableAccess table =
        ask(
                Subject.dataset(id),
                "query",
                () -> source.find(name).map(found -> new SourceTableAccess(lake, id, found)))
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "query",
                        Subject.dataset(id),
                        "the source has no such table; Federation.tables lists those that it has"));
    if (table.visible().isHidden()) {
      throw hidden(id);
    }
    return table;
  }

  private AccessDeniedException hidden(DatasetId id) {
    lake.access().decide(Action.SELECT, new Resource.OfDataset(id, Optional.empty()), Set.of());
    return new AccessDeniedException(
        "query",
        Subject.dataset(id),
        lake.principal()
            + " may see nothing of that name; if there is such a table, whoever opened the lake"
            + " can grant select on it");
  }

  private <T> T ask(Subject subject, String verb, Supplier<T> question) {
    try {
      return lake.seam().call(Call.FIND_SOURCE_TABLES, subject, question);
    } catch (RuntimeException e) {
      throw SourceException.of(verb, subject, e);
    }
  }
}
