package io.lakesdk.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Principal;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.query.QueryExecution.State;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What workgroups promise, whatever keeps them. */
abstract class WorkgroupContract extends QueryFixture {

  static final Principal ANALYST = Principal.role("analyst");
  static final Principal ADA = Principal.user("ada");
  static final Workgroup ANALYSTS = Workgroup.named("analysts");
  static final Query COUNT =
      Query.sql("SELECT count(*) FROM sales.orders WHERE country = 'de' -- secret")
          .workgroup("analysts");

  /** Takes minutes, and has its one row at the end. */
  static final Query SLOW =
      Query.sql(
              "SELECT sum(a.x * b.x) FROM UNNEST(sequence(1, 9000)) AS a(x),"
                  + " UNNEST(sequence(1, 9000)) AS b(x), UNNEST(sequence(1, 9000)) AS c(x)"
                  + " WHERE a.x + b.x > c.x")
          .workgroup("analysts");

  /** Whether it is known whose an execution was. */
  boolean knowsWhose() {
    return true;
  }

  final Workgroups groups() {
    return engine.workgroups();
  }

  final QueryEngine as(Principal principal) {
    return QueryEngine.of(lake.as(principal));
  }

  final void grant(Principal principal) {
    Security security = Security.of(lake);
    security.grant(Grant.use().on("analysts").to(principal));
    security.grant(Grant.select().on("sales.orders").to(principal));
  }

  static List<List<Object>> answer(QueryEngine asked, Query query) {
    try (Rows rows = asked.run(query)) {
      return rows.asLists().toList();
    }
  }

  final QueryExecution last() {
    return groups().executions("analysts", 1).get(0);
  }

  @Nested
  class Registering {

    @Test
    void makesChangesAndRemoves() {
      Workgroup group =
          ANALYSTS
              .scanAtMost(20_000_000)
              .resultsIn("s3://" + bucket("curated") + "/results/")
              .enforced();
      assertThat(groups().find("analysts")).isEmpty();
      groups().register(group);
      groups().register(Workgroup.named("other"));
      assertThat(groups().find("analysts")).contains(group);
      assertThat(groups().list()).containsExactly(group, Workgroup.named("other"));

      groups().register(ANALYSTS.disabled());
      assertThat(groups().find("analysts")).contains(ANALYSTS.disabled());

      groups().remove("analysts");
      assertThat(groups().list()).containsExactly(Workgroup.named("other"));
      assertThatThrownBy(() -> groups().remove("analysts"))
          .isInstanceOf(NotFoundException.class)
          .hasMessage(
              "Cannot remove workgroup analysts: there is none of this name; workgroups().list()"
                  + " has those that there are");
    }

    @Test
    void leavesTheWorkgroupOfStatementsWithoutOneAlone() {
      assertThatThrownBy(() -> groups().register(Workgroup.named("primary")))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageStartingWith(
              "Cannot register workgroup primary: statements without a workgroup run in it");
      assertThat(answer(engine, COUNT.workgroup("primary"))).containsExactly(List.of(2L));
    }

    @Test
    void needsAPlaceForResultsThatIsAFolderOfTheLake() {
      for (String place : List.of("s3://nobody-s_bucket/x/", "file:///tmp", "results", "s3://")) {
        assertThatThrownBy(() -> groups().register(ANALYSTS.resultsIn(place)))
            .isInstanceOf(InvalidDefinitionException.class)
            .hasMessageStartingWith(
                "Cannot put results in option resultsIn: it is no folder of one of the lake's"
                    + " zones; write s3://");
      }
      assertThatThrownBy(
              () ->
                  groups()
                      .register(
                          ANALYSTS.resultsIn("s3://" + bucket("curated") + "/sales/orders/x/")))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining("the folder overlaps with the location of a dataset");
      assertThat(groups().list()).isEmpty();
    }

    @Test
    void isTheAdministrators() {
      grant(ANALYST);
      groups().register(ANALYSTS);
      assertThatThrownBy(() -> as(ANALYST).workgroups().register(ANALYSTS.scanAtMost(20_000_000)))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessage(
              "Cannot administer workgroup analysts: only whoever opened the lake may change"
                  + " workgroups; ask them to");
      assertThatThrownBy(() -> as(ANALYST).workgroups().remove("analysts"))
          .isInstanceOf(AccessDeniedException.class);
      assertThat(groups().list()).containsExactly(ANALYSTS);
    }
  }

  @Nested
  class Using {

    @Test
    void runsStatements() {
      groups().register(ANALYSTS);
      assertThat(answer(engine, COUNT)).containsExactly(List.of(2L));
    }

    @Test
    void needsOneThatIsThere() {
      assertThatThrownBy(() -> answer(engine, COUNT.workgroup("nobody")))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("workgroup")
          .hasMessageContaining("workgroups().register(Workgroup.named(...))");
    }

    @Test
    void needsOneThatIsEnabled() {
      groups().register(ANALYSTS.disabled());
      assertThatThrownBy(() -> answer(engine, COUNT))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining(
              "is disabled; whoever opened the lake can register it as enabled()");
      groups().register(ANALYSTS.enabled());
      assertThat(answer(engine, COUNT)).hasSize(1);
    }

    @Test
    void needsAGrant() {
      groups().register(ANALYSTS);
      groups().register(Workgroup.named("other"));
      Security.of(lake).grant(Grant.select().on("sales.orders").to(ANALYST));
      assertThatThrownBy(() -> answer(as(ANALYST), COUNT))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessage(
              "Cannot use workgroup analysts: role analyst has no grant of use on workgroup"
                  + " analysts; whoever opened the lake can give it: security.grant("
                  + "Grant.use().on(\"analysts\").to(Principal.role(\"analyst\")))");
      assertThatThrownBy(() -> as(ANALYST).workgroups().find("analysts"))
          .isInstanceOf(AccessDeniedException.class);
      assertThat(as(ANALYST).workgroups().list()).isEmpty();

      grant(ANALYST);
      assertThat(answer(as(ANALYST), COUNT)).containsExactly(List.of(2L));
      assertThat(as(ANALYST).workgroups().list()).containsExactly(ANALYSTS);
    }

    @Test
    void givesNothingToRead() {
      groups().register(ANALYSTS);
      Security.of(lake).grant(Grant.use().on("analysts").to(ANALYST));
      assertThatThrownBy(() -> answer(as(ANALYST), COUNT)).isInstanceOf(LakeException.class);
    }
  }

  @Nested
  class Executions {

    @Test
    void tellWhatRanWithoutItsValues() {
      groups().register(ANALYSTS);
      String id;
      try (Rows rows = engine.run(COUNT)) {
        id = rows.executionId().orElseThrow();
        assertThat(rows.asLists()).hasSize(1);
      }
      QueryExecution execution = groups().execution(id).orElseThrow();

      assertThat(execution).isEqualTo(last());
      assertThat(execution.workgroup()).isEqualTo("analysts");
      assertThat(execution.statement())
          .isEqualTo("SELECT count(*) FROM sales.orders WHERE country = ?");
      assertThat(execution.database()).isEqualTo("default");
      assertThat(execution.state()).isEqualTo(State.SUCCEEDED);
      assertThat(execution.reason()).isEmpty();
      assertThat(execution.completed().orElseThrow()).isAfterOrEqualTo(execution.submitted());
      assertThat(execution.stats().bytesScanned()).isPositive();
      assertThat(execution.stats().bill().bytes()).isEqualTo(10L << 20);
      if (knowsWhose()) {
        assertThat(execution.by()).contains(Principal.ADMINISTRATOR);
      }
    }

    @Test
    void tellWhyAStatementFailedWhichIsFree() {
      groups().register(ANALYSTS);
      Query failing = Query.sql("SELECT 1 / (id - id) FROM sales.orders").workgroup("analysts");
      assertThatThrownBy(() -> answer(engine, failing)).isInstanceOf(LakeException.class);

      assertThat(last().state()).isEqualTo(State.FAILED);
      assertThat(last().reason().orElseThrow()).containsIgnoringCase("division by zero");
      assertThat(last().stats().bill().price()).isZero();
    }

    @Test
    void areTheNewestFirstAndNoMoreThanWanted() {
      groups().register(ANALYSTS);
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        try (Rows rows = engine.run(COUNT)) {
          rows.asLists().forEach(row -> {});
          ids.add(0, rows.executionId().orElseThrow());
        }
      }
      assertThat(groups().executions("analysts", 50))
          .extracting(QueryExecution::id)
          .containsExactlyInAnyOrderElementsOf(ids);
      assertThat(groups().executions("analysts", 2)).hasSize(2);
      assertThatThrownBy(() -> groups().executions("analysts", 0))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage("Cannot list executions of workgroup analysts: one asks for 1 or more");
    }

    @Test
    void areOfOneWorkgroupAndGoWithIt() {
      groups().register(ANALYSTS);
      groups().register(Workgroup.named("other"));
      assertThat(answer(engine, COUNT)).hasSize(1);
      assertThat(groups().executions("other", 10)).isEmpty();

      groups().remove("analysts");
      assertThatThrownBy(() -> groups().executions("analysts", 10))
          .isInstanceOf(NotFoundException.class);
      groups().register(ANALYSTS);
      assertThat(groups().executions("analysts", 10)).isEmpty();
    }

    @Test
    void areThereOfManyThreads() throws Exception {
      groups().register(ANALYSTS);
      ExecutorService threads = Executors.newFixedThreadPool(8);
      try {
        List<Callable<List<List<Object>>>> statements = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
          statements.add(() -> answer(engine, COUNT));
        }
        for (Future<List<List<Object>>> statement : threads.invokeAll(statements)) {
          assertThat(statement.get()).containsExactly(List.of(2L));
        }
      } finally {
        threads.shutdownNow();
      }
      assertThat(groups().executions("analysts", 100))
          .hasSize(40)
          .allSatisfy(execution -> assertThat(execution.state()).isEqualTo(State.SUCCEEDED));
    }
  }

  @Nested
  class Cancelling {

    @Test
    void stopsAStatementByItsId() throws Exception {
      groups().register(ANALYSTS);
      ExecutorService threads = Executors.newSingleThreadExecutor();
      try {
        Future<Object> statement =
            threads.submit(
                () -> {
                  try {
                    return answer(engine, SLOW);
                  } catch (LakeException e) {
                    return e;
                  }
                });
        String id = running();
        groups().cancel(id);

        assertThat(statement.get()).isInstanceOf(UnavailableException.class);
        QueryExecution execution = ended(id);
        assertThat(execution.state()).isEqualTo(State.CANCELLED);
        assertThat(execution.reason()).contains("it was cancelled");
        groups().cancel(id);
      } finally {
        threads.shutdownNow();
      }
    }

    private String running() throws InterruptedException {
      while (true) {
        for (QueryExecution execution : groups().executions("analysts", 1)) {
          if (execution.state() == State.RUNNING) {
            return execution.id();
          }
        }
        Thread.sleep(10);
      }
    }

    @Test
    void stopsAStatementThatStarts() throws Exception {
      groups().register(ANALYSTS);
      assertThatThrownBy(
              () -> {
                try (Rows rows = engine.run(SLOW, Runnable::run)) {
                  rows.asLists().toList();
                }
              })
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("it was cancelled");
      assertThat(ended(last().id()).state()).isEqualTo(State.CANCELLED);
    }

    private QueryExecution ended(String id) throws InterruptedException {
      QueryExecution execution = groups().execution(id).orElseThrow();
      while (!execution.state().isEnd()) {
        Thread.sleep(10);
        execution = groups().execution(id).orElseThrow();
      }
      return execution;
    }

    @Test
    void needsAnExecutionThatIsThere() {
      assertThatThrownBy(() -> groups().cancel("11111111-2222-3333-4444-555555555555"))
          .isInstanceOf(NotFoundException.class)
          .hasMessage(
              "Cannot cancel query 11111111-2222-3333-4444-555555555555: there is no execution of"
                  + " this id that is yours");
      assertThat(groups().execution("11111111-2222-3333-4444-555555555555")).isEmpty();
    }
  }

  /** What statements call the bucket of a zone. */
  String bucket(String zone) {
    return zone;
  }
}
