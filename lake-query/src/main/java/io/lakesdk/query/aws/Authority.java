package io.lakesdk.query.aws;

import io.lakesdk.AwsSettings;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.Query;
import io.lakesdk.query.access.Authorization;
import io.lakesdk.query.access.VisibleDataset;
import io.lakesdk.query.access.VisibleDatasets;
import io.lakesdk.query.federated.Federation;
import io.lakesdk.query.information.InformationSchema;
import io.lakesdk.query.information.InformationTable;
import io.lakesdk.query.sql.OutputColumn;
import io.lakesdk.query.sql.TableResolver;
import io.lakesdk.query.sql.TableUse;
import io.lakesdk.query.sql.Translation;
import io.lakesdk.query.sql.Translator;
import io.trino.sql.tree.AliasedRelation;
import io.trino.sql.tree.AllColumns;
import io.trino.sql.tree.SetOperation;
import io.trino.sql.tree.Table;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Decides whether the lake's principal may run a statement, on its syntax tree. With Lake Formation
 * the statement runs under the principal's role, and what it hides is hidden by Athena too; without
 * it, only what can be decided beforehand may run.
 */
final class Authority {

  private final Lake lake;
  private final boolean athenaHides;

  Authority(Lake lake, AwsSettings settings) {
    this.lake = lake;
    this.athenaHides = settings.lakeFormation() == AwsSettings.LakeFormation.ON;
  }

  /** Under whose credentials statements run. */
  static Principal runner(Lake lake, AwsSettings settings) {
    return settings.lakeFormation() == AwsSettings.LakeFormation.ON
        ? lake.principal()
        : Principal.ADMINISTRATOR;
  }

  /**
   * @throws AccessDeniedException naming the grant that is missing, or what Athena cannot hide
   * @throws InvalidDefinitionException if nobody but the statement's author knows what it reads
   */
  void authorize(AthenaStatement statement, Query query) {
    AthenaStatement.each(statement.tree(), Table.class, this::requireReachable);
    if (lake.principal().isAdministrator()) {
      return;
    }
    Translation translation;
    try {
      translation = translate(query);
    } catch (InvalidDefinitionException notUnderstood) {
      if (athenaHides) {
        return;
      }
      throw notUnderstood;
    }
    Authorization.require(
        translation,
        handle ->
            handle instanceof VisibleDataset dataset ? Optional.of(dataset) : Optional.empty());
    if (!athenaHides) {
      Map<VisibleDataset, Set<String>> columns = new LinkedHashMap<>();
      for (TableUse use : translation.tables()) {
        if (!(use.table().handle() instanceof VisibleDataset dataset)) {
          throw new AccessDeniedException(
              "select from",
              Subject.dataset(use.table().name()),
              "without Lake Formation Athena shows it what is hidden from "
                  + lake.principal()
                  + "; open the lake with LakeFormation.ON, or with Compute.LOCAL");
        }
        columns.computeIfAbsent(dataset, d -> new LinkedHashSet<>()).addAll(use.columns());
      }
      columns.forEach((dataset, used) -> requireUnfiltered(statement, dataset, used));
    }
  }

  /** A source of this process is nothing that Athena knows. */
  private void requireReachable(Table table) {
    List<String> parts = table.getName().getParts();
    String catalog = parts.get(0).toLowerCase(Locale.ROOT);
    if (parts.size() == 3 && Federation.of(lake).catalogs().contains(catalog)) {
      throw new InvalidDefinitionException(
          "query",
          Subject.dataset(table.getName()),
          "it is a table of a source of this process, and Athena reads only what it has a data"
              + " source connector for; open the lake with Compute.LOCAL, or deploy a connector and"
              + " remove the source of that name here");
    }
  }

  private void requireUnfiltered(
      AthenaStatement statement, VisibleDataset dataset, Set<String> used) {
    Subject subject = Subject.dataset(dataset.dataset().id());
    if (!dataset.view().rowsFor(used).isEmpty()) {
      throw new AccessDeniedException(
          "select from",
          subject,
          "the grant to "
              + lake.principal()
              + " has a row filter, which Athena applies only with Lake Formation; open the lake"
              + " with LakeFormation.ON, or with Compute.LOCAL");
    }
    int all = dataset.dataset().columns().columns().size();
    if (dataset.columns().size() < all && goesByPosition(statement)) {
      throw new AccessDeniedException(
          "select from",
          subject,
          "columns are hidden from "
              + lake.principal()
              + ", and without Lake Formation Athena shows them to a statement with *, TABLE or a"
              + " list of column aliases; name the columns");
    }
  }

  /** Whether a statement gets at columns without naming them. */
  private static boolean goesByPosition(AthenaStatement statement) {
    AtomicBoolean found = new AtomicBoolean();
    AthenaStatement.each(statement.tree(), AllColumns.class, star -> found.set(true));
    AthenaStatement.each(
        statement.tree(),
        AliasedRelation.class,
        aliased -> {
          if (aliased.getRelation() instanceof Table && aliased.getColumnNames() != null) {
            found.set(true);
          }
        });
    AthenaStatement.each(
        statement.tree(),
        io.trino.sql.tree.Query.class,
        query -> found.compareAndSet(false, query.getQueryBody() instanceof Table));
    AthenaStatement.each(
        statement.tree(),
        SetOperation.class,
        set ->
            found.compareAndSet(
                false, set.getRelations().stream().anyMatch(Table.class::isInstance)));
    return found.get();
  }

  /** The types of the result, where the statement can be understood without Athena. */
  Optional<List<OutputColumn>> output(Query query) {
    try {
      return Optional.of(translate(query).columns());
    } catch (LakeException onlyAthenaKnows) {
      return Optional.empty();
    }
  }

  private Translation translate(Query query) {
    VisibleDatasets datasets = new VisibleDatasets(lake, query.database());
    Map<DatasetId, VisibleDataset> known = new HashMap<>();
    TableResolver tables =
        (database, table) -> {
          if (database.orElse(query.database()).equals(InformationSchema.NAME)) {
            return InformationTable.named(table).map(told -> told.table(told));
          }
          VisibleDataset dataset =
              known.computeIfAbsent(datasets.id(database, table), datasets::find);
          return Optional.of(dataset.table(dataset));
        };
    return new Translator(tables, query.database(), lake.clock())
        .translate(query.text(), query.parameters());
  }
}
