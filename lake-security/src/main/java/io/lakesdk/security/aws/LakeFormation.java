package io.lakesdk.security.aws;

import io.lakesdk.AwsService;
import io.lakesdk.AwsSettings;
import io.lakesdk.Zone;
import io.lakesdk.aws.AwsConnection;
import io.lakesdk.aws.AwsConnection.Calls;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.fault.Call;
import io.lakesdk.security.Grant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lakeformation.LakeFormationClient;
import software.amazon.awssdk.services.lakeformation.model.DataCellsFilter;
import software.amazon.awssdk.services.lakeformation.model.Permission;
import software.amazon.awssdk.services.lakeformation.model.Resource;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Gives what grants amount to in Lake Formation, and takes it back there. Whatever is done twice
 * has the result of once. Thread-safe.
 */
final class LakeFormation {

  private final AwsConnection connection;
  private final AwsSettings settings;
  private final LakeFormationClient client;
  private final Calls calls;
  private final Locations locations;
  private volatile @Nullable String account;

  LakeFormation(AwsConnection connection) {
    this.connection = connection;
    this.settings = connection.settings();
    this.client = connection.client(AwsService.LAKE_FORMATION, LakeFormationClient.builder());
    this.calls = connection.calls(AwsService.LAKE_FORMATION, new LakeFormationErrors());
    this.locations = new Locations(connection, client, calls);
  }

  /**
   * Refuses what Lake Formation cannot hold.
   *
   * @param others the grants that it has, or may have
   */
  void require(Grant grant, List<Grant> others) {
    String role = role(grant);
    for (Grant other : others) {
      if (!other.principal().equals(grant.principal()) && role(other).equals(role)) {
        throw new InvalidDefinitionException(
            "grant to",
            Subject.of(Subject.Kind.PRINCIPAL, grant.principal().toString()),
            "in Lake Formation it is the same role as " + other.principal() + "; rename one");
      }
    }
    if (grant instanceof Grant.Select select
        && select.rows().isPresent()
        && !select.dataset().isFederated()) {
      CellsFilter.of(select);
    }
  }

  private String role(Grant grant) {
    return settings
        .principalRoles()
        .orElseThrow(
            () ->
                new InvalidDefinitionException(
                    "grant to",
                    Subject.of(Subject.Kind.PRINCIPAL, grant.principal().toString()),
                    "no role is known for it that Lake Formation could give it to; open the lake"
                        + " with AwsSettings...principalRoles(\"arn:aws:iam::ACCOUNT:role/{name}\")"
                        + " or lakeFormation(OFF)"))
        .replace("{name}", grant.principal().name());
  }

  /**
   * What leads from these grants to those.
   *
   * @param before what Lake Formation has
   * @param after what it shall have
   */
  Move move(List<Grant> before, List<Grant> after) {
    Set<Right> had = Right.of(before, this::role);
    Set<Right> has = Right.of(after, this::role);
    List<Runnable> steps = new ArrayList<>();
    Right.difference(had, has).forEach(right -> addTaking(right, steps));
    Right.difference(has, had).forEach(right -> addGiving(right, steps));
    List<Grant> more = after.stream().filter(grant -> !before.contains(grant)).toList();
    return new Move(() -> register(more), steps);
  }

  private void register(List<Grant> grants) {
    grants.stream()
        .filter(Grant.OnZone.class::isInstance)
        .map(grant -> ((Grant.OnZone) grant).zone())
        .distinct()
        .forEach(locations::register);
    grants.stream()
        .filter(Grant.Select.class::isInstance)
        .map(grant -> ((Grant.Select) grant).dataset())
        .filter(dataset -> !dataset.isFederated())
        .distinct()
        .forEach(locations::register);
  }

  /** Changes in Lake Formation. What is taken goes first. */
  static final class Move {
    private final Runnable first;
    private final List<Runnable> steps;
    private int done;

    private Move(Runnable first, List<Runnable> steps) {
      this.first = first;
      this.steps = steps;
    }

    void run() {
      first.run();
      for (Runnable step : steps) {
        step.run();
        done++;
      }
    }

    /** How many changes of rights were made. */
    int done() {
      return done;
    }
  }

  private void addGiving(Right right, List<Runnable> steps) {
    if (right instanceof Right.OnCells cells) {
      steps.add(() -> create(cells));
    }
    steps.add(() -> grant(right));
  }

  private void addTaking(Right right, List<Runnable> steps) {
    steps.add(() -> revoke(right));
    if (right instanceof Right.OnCells cells) {
      steps.add(() -> delete(cells));
    }
  }

  private void grant(Right right) {
    calls.repeat(
        Call.WRITE_METADATA,
        "grant in Lake Formation",
        right.subject(),
        () ->
            client.grantPermissions(
                request ->
                    request
                        .principal(p -> p.dataLakePrincipalIdentifier(right.role()))
                        .resource(resource(right))
                        .permissions(permission(right))));
  }

  private void revoke(Right right) {
    try {
      calls.repeat(
          Call.WRITE_METADATA,
          "revoke in Lake Formation",
          right.subject(),
          () ->
              client.revokePermissions(
                  request ->
                      request
                          .principal(p -> p.dataLakePrincipalIdentifier(right.role()))
                          .resource(resource(right))
                          .permissions(permission(right))));
    } catch (NotFoundException absent) {
      // which is what was wanted: it was taken before, or went with its table
    }
  }

  private void create(Right.OnCells cells) {
    DataCellsFilter filter = filter(cells.grant());
    try {
      calls.repeat(
          Call.WRITE_METADATA,
          "filter rows in Lake Formation of",
          cells.subject(),
          () -> client.createDataCellsFilter(request -> request.tableData(filter)));
    } catch (AlreadyExistsException before) {
      // whose name says that it is the same
    }
  }

  private void delete(Right.OnCells cells) {
    DataCellsFilter filter = filter(cells.grant());
    try {
      calls.repeat(
          Call.WRITE_METADATA,
          "delete the row filter in Lake Formation of",
          cells.subject(),
          () ->
              client.deleteDataCellsFilter(
                  request ->
                      request
                          .tableCatalogId(filter.tableCatalogId())
                          .databaseName(filter.databaseName())
                          .tableName(filter.tableName())
                          .name(filter.name())));
    } catch (NotFoundException absent) {
      // which is what was wanted
    }
  }

  private DataCellsFilter filter(Grant.Select grant) {
    CellsFilter filter = CellsFilter.of(grant);
    DataCellsFilter.Builder builder =
        DataCellsFilter.builder()
            .tableCatalogId(account())
            .databaseName(grant.dataset().database())
            .tableName(grant.dataset().table())
            .name(filter.name())
            .rowFilter(rows -> rows.filterExpression(filter.expression()));
    return grant
        .columns()
        .map(builder::columnNames)
        .orElseGet(() -> builder.columnWildcard(all -> {}))
        .build();
  }

  private Resource resource(Right right) {
    if (right instanceof Right.OnTable table) {
      return Resource.builder()
          .table(t -> t.databaseName(table.dataset().database()).name(table.dataset().table()))
          .build();
    }
    if (right instanceof Right.OnColumns some) {
      return Resource.builder()
          .tableWithColumns(
              t ->
                  t.databaseName(some.dataset().database())
                      .name(some.dataset().table())
                      .columnNames(some.columns()))
          .build();
    }
    if (right instanceof Right.OnCells cells) {
      DataCellsFilter filter = filter(cells.grant());
      return Resource.builder()
          .dataCellsFilter(
              f ->
                  f.tableCatalogId(filter.tableCatalogId())
                      .databaseName(filter.databaseName())
                      .tableName(filter.tableName())
                      .name(filter.name()))
          .build();
    }
    Zone zone = ((Right.OnLocation) right).zone();
    return Resource.builder().dataLocation(l -> l.resourceArn(locations.arn(zone))).build();
  }

  private static Permission permission(Right right) {
    return right instanceof Right.OnLocation ? Permission.DATA_LOCATION_ACCESS : Permission.SELECT;
  }

  /** The account whose tables are granted, which is the one of the credentials. */
  private String account() {
    String known = account;
    if (known == null) {
      known =
          connection
              .calls(AwsService.STS, error -> Optional.empty())
              .read(
                  Call.READ_METADATA,
                  "find the account of",
                  Subject.of(Subject.Kind.LAKE, settings.toString()),
                  () ->
                      connection
                          .client(AwsService.STS, StsClient.builder())
                          .getCallerIdentity()
                          .account());
      account = known;
    }
    return known;
  }
}
