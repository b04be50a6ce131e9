package io.lakesdk.query.aws;

import io.lakesdk.AwsBackend;
import io.lakesdk.AwsSettings;
import io.lakesdk.Lake;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.QueryExecution;
import io.lakesdk.query.QueryExecution.State;
import io.lakesdk.query.Workgroup;
import io.lakesdk.query.Workgroups;
import io.lakesdk.query.access.WorkgroupAccess;
import io.lakesdk.query.sql.syntax.MaskedStatement;
import io.lakesdk.query.statement.table.ResultLocation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.model.CreateWorkGroupRequest;
import software.amazon.awssdk.services.athena.model.QueryExecutionStatus;
import software.amazon.awssdk.services.athena.model.UpdateWorkGroupRequest;
import software.amazon.awssdk.services.athena.model.WorkGroup;
import software.amazon.awssdk.services.athena.model.WorkGroupConfiguration;
import software.amazon.awssdk.services.athena.model.WorkGroupState;

/**
 * Athena's workgroups. They are changed under the lake's credentials. What ran in them is told to
 * the administrator, and with Lake Formation to whoever may use the workgroup and whose role may
 * ask Athena; without it all statements run under the lake's credentials, and Athena does not know
 * whose they were.
 */
final class AthenaWorkgroups implements Workgroups {

  private static final long LEAST_LIMIT = 10_000_000;

  private final Lake lake;
  private final AwsBackend backend;
  private final BigDecimal pricePerTerabyte;
  private final WorkgroupAccess access;
  private final WorkgroupCalls calls;

  /**
   * @param pricePerTerabyte of what statements scan, in US dollars
   */
  AthenaWorkgroups(Lake lake, AwsBackend backend, BigDecimal pricePerTerabyte) {
    this.lake = lake;
    this.backend = backend;
    this.access = new WorkgroupAccess(lake);
    this.pricePerTerabyte = pricePerTerabyte;
    this.calls = new WorkgroupCalls(backend, Authority.runner(lake, backend.settings()));
  }

  @Override
  public void register(Workgroup workgroup) {
    String name = workgroup.name();
    access.requireChange(name);
    requirePossible(workgroup);
    Optional<WorkGroup> known = calls.find(name);
    if (known.isEmpty()) {
      calls.create(creation(workgroup));
    }
    if (known.isPresent() || workgroup.state() == Workgroup.State.DISABLED) {
      calls.update(change(workgroup));
    }
    Executions.of(lake, backend).forget(name);
  }

  private void requirePossible(Workgroup workgroup) {
    String name = workgroup.name();
    if (name.equals(Workgroup.PRIMARY) || name.equals(backend.settings().workgroup())) {
      throw new InvalidDefinitionException(
          "register",
          WorkgroupAccess.subject(name),
          "statements without a workgroup run in it, and its settings are left alone; take another"
              + " name");
    }
    if (workgroup.quota().isPresent()) {
      throw new InvalidDefinitionException(
          "register",
          WorkgroupAccess.subject(name),
          "Athena refuses no statement for what others of its workgroup have scanned; make an alarm"
              + " of CloudWatch on its ProcessedBytes, and leave scanTogetherAtMost out");
    }
    long limit = workgroup.scanLimit().orElse(LEAST_LIMIT);
    if (limit < LEAST_LIMIT) {
      throw new InvalidDefinitionException(
          "register",
          WorkgroupAccess.subject(name),
          "Athena's limits start at " + LEAST_LIMIT + " bytes, and scanAtMost is " + limit);
    }
    workgroup.results().ifPresent(folder -> ResultLocation.parse(lake, folder));
  }

  private static boolean isEnforced(Workgroup workgroup) {
    return workgroup.settings() == Workgroup.Settings.ENFORCED;
  }

  private static CreateWorkGroupRequest creation(Workgroup workgroup) {
    return CreateWorkGroupRequest.builder()
        .name(workgroup.name())
        .configuration(
            settings -> {
              settings.enforceWorkGroupConfiguration(isEnforced(workgroup));
              settings.publishCloudWatchMetricsEnabled(true);
              workgroup.scanLimit().ifPresent(settings::bytesScannedCutoffPerQuery);
              workgroup
                  .results()
                  .ifPresent(to -> settings.resultConfiguration(r -> r.outputLocation(to)));
            })
        .build();
  }

  private static UpdateWorkGroupRequest change(Workgroup workgroup) {
    return UpdateWorkGroupRequest.builder()
        .workGroup(workgroup.name())
        .state(
            workgroup.state() == Workgroup.State.ENABLED
                ? WorkGroupState.ENABLED
                : WorkGroupState.DISABLED)
        .configurationUpdates(
            settings -> {
              settings.enforceWorkGroupConfiguration(isEnforced(workgroup));
              if (workgroup.scanLimit().isPresent()) {
                settings.bytesScannedCutoffPerQuery(workgroup.scanLimit().getAsLong());
              } else {
                settings.removeBytesScannedCutoffPerQuery(true);
              }
              settings.resultConfigurationUpdates(
                  results -> {
                    if (workgroup.results().isPresent()) {
                      results.outputLocation(workgroup.results().get());
                    } else {
                      results.removeOutputLocation(true);
                    }
                  });
            })
        .build();
  }

  @Override
  public Optional<Workgroup> find(String name) {
    access.requireUse(name);
    return name.equals(Workgroup.PRIMARY)
        ? Optional.empty()
        : calls.find(name).map(AthenaWorkgroups::workgroup);
  }

  private static Workgroup workgroup(WorkGroup told) {
    WorkGroupConfiguration settings = told.configuration();
    boolean enforced =
        settings != null && Boolean.TRUE.equals(settings.enforceWorkGroupConfiguration());
    Long limit = settings == null ? null : settings.bytesScannedCutoffPerQuery();
    String results =
        settings == null || settings.resultConfiguration() == null
            ? null
            : settings.resultConfiguration().outputLocation();
    return new Workgroup(
        told.name(),
        told.state() == WorkGroupState.DISABLED
            ? Workgroup.State.DISABLED
            : Workgroup.State.ENABLED,
        enforced ? Workgroup.Settings.ENFORCED : Workgroup.Settings.DEFAULT,
        Optional.ofNullable(results).filter(text -> !text.isBlank()),
        limit == null ? OptionalLong.empty() : OptionalLong.of(limit),
        Optional.empty());
  }

  @Override
  public List<Workgroup> list() {
    return calls.names().stream()
        .filter(name -> !name.equals(Workgroup.PRIMARY))
        .filter(access::mayUse)
        .flatMap(name -> calls.find(name).stream())
        .map(AthenaWorkgroups::workgroup)
        .toList();
  }

  @Override
  public void remove(String name) {
    access.requireChange(name);
    if (name.equals(Workgroup.PRIMARY) || calls.find(name).isEmpty()) {
      throw WorkgroupAccess.absent("remove", name);
    }
    calls.delete(name);
    Executions.of(lake, backend).forget(name);
  }

  @Override
  public List<QueryExecution> executions(String workgroup, int most) {
    WorkgroupAccess.requireSome(workgroup, most);
    if (find(workgroup).isEmpty()) {
      throw WorkgroupAccess.absent("list executions of", workgroup);
    }
    requireTold(WorkgroupAccess.subject(workgroup));
    return calls.executions(workgroup, most).stream().map(this::execution).toList();
  }

  /** Athena does not tell whose an execution was. */
  private void requireTold(Subject what) {
    boolean told =
        lake.principal().isAdministrator()
            || backend.settings().lakeFormation() == AwsSettings.LakeFormation.ON;
    if (!told) {
      throw new AccessDeniedException(
          "list executions of",
          what,
          "without Lake Formation Athena does not tell whose they are; ask whoever opened the lake,"
              + " or open it with LakeFormation.ON");
    }
  }

  @Override
  public Optional<QueryExecution> execution(String id) {
    requireTold(WorkgroupAccess.execution(id));
    return calls
        .findExecution(id)
        .filter(
            found ->
                lake.principal().isAdministrator()
                    || access.mayUse(
                        Optional.ofNullable(found.workGroup()).orElse(Workgroup.PRIMARY)))
        .map(this::execution);
  }

  private QueryExecution execution(
      software.amazon.awssdk.services.athena.model.QueryExecution told) {
    QueryExecutionStatus status = told.status();
    State state = State.valueOf(status.stateAsString());
    String database =
        told.queryExecutionContext() == null ? null : told.queryExecutionContext().database();
    @Nullable String file =
        told.resultConfiguration() == null || state != State.SUCCEEDED
            ? null
            : told.resultConfiguration().outputLocation();
    return new QueryExecution(
        told.queryExecutionId(),
        Optional.ofNullable(told.workGroup()).orElse(Workgroup.PRIMARY),
        Optional.empty(),
        MaskedStatement.of(Optional.ofNullable(told.query()).orElse("")),
        Optional.ofNullable(database).orElse("default"),
        state,
        reason(told, state),
        status.submissionDateTime(),
        Optional.ofNullable(status.completionDateTime()),
        Optional.ofNullable(file),
        ExecutionStats.of(told, pricePerTerabyte));
  }

  /** Athena's own words may quote data. */
  private Optional<String> reason(
      software.amazon.awssdk.services.athena.model.QueryExecution told, State state) {
    if (state == State.CANCELLED) {
      return Optional.of(
          WorkgroupLimit.exceeded(told)
              ? "it scanned more bytes than the workgroup allows"
              : "it was cancelled");
    }
    return state == State.FAILED
        ? Optional.ofNullable(
            new StatementFailure(lake, WorkgroupAccess.execution(told.queryExecutionId()))
                .of(told)
                .getMessage())
        : Optional.empty();
  }

  @Override
  public void cancel(String id) {
    if (execution(id).isEmpty()) {
      throw WorkgroupAccess.notCancelled(id);
    }
    calls.stop(id);
  }
}
