package io.lakesdk.query.aws;

import io.lakesdk.AwsBackend;
import io.lakesdk.AwsService;
import io.lakesdk.Principal;
import io.lakesdk.aws.AwsConnection;
import io.lakesdk.aws.AwsConnection.Calls;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.fault.Call;
import io.lakesdk.query.access.WorkgroupAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.CreateWorkGroupRequest;
import software.amazon.awssdk.services.athena.model.ListQueryExecutionsResponse;
import software.amazon.awssdk.services.athena.model.ListWorkGroupsResponse;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.UpdateWorkGroupRequest;
import software.amazon.awssdk.services.athena.model.WorkGroup;
import software.amazon.awssdk.services.athena.model.WorkGroupSummary;

/** The calls for workgroups and what ran in them, under one principal's credentials. */
final class WorkgroupCalls {

  /** The most executions that Athena tells at once. */
  private static final int PAGE = 50;

  private final AwsBackend backend;
  private final AwsConnection connection;
  private final AthenaClient athena;

  WorkgroupCalls(AwsBackend backend, Principal principal) {
    this.backend = backend;
    this.connection = backend.connection();
    this.athena = connection.client(AwsService.ATHENA, principal, AthenaClient.builder());
  }

  private Calls calls(String workgroup) {
    return connection.calls(AwsService.ATHENA, new AthenaErrors(workgroup, backend.settings()));
  }

  Optional<WorkGroup> find(String name) {
    try {
      return calls(name)
          .read(
              Call.READ_WORKGROUP,
              "find",
              WorkgroupAccess.subject(name),
              () -> Optional.ofNullable(athena.getWorkGroup(g -> g.workGroup(name)).workGroup()));
    } catch (NotFoundException absent) {
      return Optional.empty();
    }
  }

  void create(CreateWorkGroupRequest request) {
    String name = request.name();
    change(name, "register", () -> athena.createWorkGroup(request), () -> find(name).map(g -> g));
  }

  void update(UpdateWorkGroupRequest request) {
    String name = request.workGroup();
    Object unused =
        calls(name)
            .repeat(
                Call.CHANGE_WORKGROUP,
                "register",
                WorkgroupAccess.subject(name),
                () -> athena.updateWorkGroup(request));
  }

  /** Removes it with its executions. */
  void delete(String name) {
    change(
        name,
        "remove",
        () -> athena.deleteWorkGroup(g -> g.workGroup(name).recursiveDeleteOption(true)),
        () -> find(name).isPresent() ? Optional.empty() : Optional.of(name));
  }

  private void change(
      String name, String verb, Supplier<Object> work, Supplier<Optional<Object>> done) {
    Object unused =
        calls(name).settle(Call.CHANGE_WORKGROUP, verb, WorkgroupAccess.subject(name), work, done);
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    String token = null;
    do {
      @Nullable String from = token;
      ListWorkGroupsResponse page =
          calls("")
              .read(
                  Call.READ_WORKGROUP,
                  "list",
                  WorkgroupAccess.subject(""),
                  () -> athena.listWorkGroups(g -> g.nextToken(from)));
      page.workGroups().stream().map(WorkGroupSummary::name).forEach(names::add);
      token = page.nextToken();
    } while (token != null);
    return names.stream().sorted().toList();
  }

  /** The newest first. */
  List<QueryExecution> executions(String workgroup, int most) {
    List<QueryExecution> found = new ArrayList<>();
    String token = null;
    do {
      @Nullable String from = token;
      int wanted = Math.min(PAGE, most - found.size());
      ListQueryExecutionsResponse page =
          calls(workgroup)
              .read(
                  Call.READ_WORKGROUP,
                  "list executions of",
                  WorkgroupAccess.subject(workgroup),
                  () ->
                      athena.listQueryExecutions(
                          q -> q.workGroup(workgroup).maxResults(wanted).nextToken(from)));
      if (page.hasQueryExecutionIds() && !page.queryExecutionIds().isEmpty()) {
        found.addAll(
            calls(workgroup)
                .read(
                    Call.READ_WORKGROUP,
                    "list executions of",
                    WorkgroupAccess.subject(workgroup),
                    () ->
                        athena
                            .batchGetQueryExecution(
                                q -> q.queryExecutionIds(page.queryExecutionIds()))
                            .queryExecutions()));
      }
      token = page.nextToken();
    } while (token != null && found.size() < most);
    return found;
  }

  Optional<QueryExecution> findExecution(String id) {
    try {
      return calls("")
          .read(
              Call.READ_WORKGROUP,
              "find",
              WorkgroupAccess.execution(id),
              () ->
                  Optional.ofNullable(
                      athena.getQueryExecution(q -> q.queryExecutionId(id)).queryExecution()));
    } catch (NotFoundException absent) {
      return Optional.empty();
    }
  }

  void stop(String id) {
    Object unused =
        calls("")
            .repeat(
                Call.STOP_STATEMENT,
                "cancel",
                WorkgroupAccess.execution(id),
                () -> athena.stopQueryExecution(q -> q.queryExecutionId(id)));
  }
}
