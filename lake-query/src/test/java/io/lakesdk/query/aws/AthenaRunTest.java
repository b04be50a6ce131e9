package io.lakesdk.query.aws;

import static io.lakesdk.query.aws.FakeAthena.failed;
import static io.lakesdk.query.aws.FakeAthena.json;
import static io.lakesdk.query.aws.FakeAthena.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakesdk.AwsBackend;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.VirtualClock;
import io.lakesdk.emulator.ScriptedHttp.Answer;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.OutcomeUnknownException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.QueryStats;
import io.lakesdk.query.Rows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What leaves for Athena from a statement's start to its end. */
class AthenaRunTest {

  private final FakeAthena athena = new FakeAthena();
  private final VirtualClock clock = VirtualClock.at("2026-01-01T00:00:00Z");
  private final List<Duration> pauses = new ArrayList<>();

  private Lake lake() {
    return athena.lake(settings -> {}, with -> with.clock(clock));
  }

  private QueryEngine engine(Lake lake) {
    return FakeAthena.engine(
        lake,
        (event, longest) -> {
          pauses.add(longest);
          clock.advance(longest);
        });
  }

  private List<List<Object>> answer(Query query) {
    try (Lake lake = lake();
        Rows rows = engine(lake).run(query)) {
      return rows.asLists().toList();
    }
  }

  private List<List<Object>> answer() {
    return answer(Query.sql("SELECT 1 AS x"));
  }

  @Nested
  class Starting {

    @Test
    void saysWhatAndWhere() {
      assertThat(answer(Query.sql("SELECT 1 AS x").in("sales"))).containsExactly(List.of(1));

      JsonNode start = athena.sent("StartQueryExecution").get(0);
      assertThat(start.get("QueryString").asText()).isEqualTo("SELECT 1 AS x");
      assertThat(start.get("WorkGroup").asText()).isEqualTo("primary");
      assertThat(start.at("/QueryExecutionContext/Database").asText()).isEqualTo("sales");
      assertThat(start.at("/ResultConfiguration/OutputLocation").asText())
          .isEqualTo("s3://acme-lake-metadata/athena/administrator/");
      assertThat(start.get("ClientRequestToken").asText()).hasSizeBetween(32, 128);
      assertThat(start.has("ExecutionParameters")).isFalse();
      assertThat(start.has("ResultReuseConfiguration")).isFalse();
    }

    @Test
    void leavesThePlaceOfResultsToAWorkgroupThatHasOne() {
      athena.then(
          "GetWorkGroup",
          json(
              "{'WorkGroup':{'Name':'primary','Configuration':{'ResultConfiguration':"
                  + "{'OutputLocation':'s3://theirs/'}}}}"));
      assertThat(answer()).hasSize(1);

      assertThat(athena.sent("StartQueryExecution").get(0).has("ResultConfiguration")).isFalse();
    }

    @Test
    void leavesThePlaceOfResultsToAWorkgroupThatManagesThem() {
      athena.then(
          "GetWorkGroup",
          json(
              "{'WorkGroup':{'Name':'primary','Configuration':"
                  + "{'ManagedQueryResultsConfiguration':{'Enabled':true}}}}"));
      assertThat(answer()).hasSize(1);

      assertThat(athena.sent("StartQueryExecution").get(0).has("ResultConfiguration")).isFalse();
    }

    @Test
    void asksForTheWorkgroupOnce() {
      try (Lake lake = lake()) {
        for (int i = 0; i < 3; i++) {
          try (Rows rows = engine(lake).run(Query.sql("SELECT 1 AS x"))) {
            assertThat(rows.asLists()).hasSize(1);
          }
        }
      }
      assertThat(athena.sent("GetWorkGroup")).hasSize(1);
      assertThat(athena.sent("StartQueryExecution"))
          .extracting(start -> start.get("ClientRequestToken").asText())
          .doesNotHaveDuplicates()
          .hasSize(3);
    }

    @Test
    void mayTakeAnEarlierAnswer() {
      athena.then(
          "GetQueryExecution",
          FakeAthena.execution(
              "SUCCEEDED",
              "",
              "'DataScannedInBytes':0,'ResultReuseInformation':{'ReusedPreviousResult':true}"));
      try (Lake lake = lake();
          Rows rows =
              engine(lake).run(Query.sql("SELECT 1 AS x").reuseResultsFor(Duration.ofHours(2)))) {
        assertThat(rows.stats().reused()).isEqualTo(QueryStats.Reused.REUSED);
        assertThat(rows.stats().bytesScanned()).isZero();
      }
      JsonNode reuse =
          athena
              .sent("StartQueryExecution")
              .get(0)
              .at("/ResultReuseConfiguration/ResultReuseByAgeConfiguration");
      assertThat(reuse.get("Enabled").asBoolean()).isTrue();
      assertThat(reuse.get("MaxAgeInMinutes").asInt()).isEqualTo(120);
    }

    @Test
    void takesNoEarlierAnswerOfAnAgeThatAthenaDoesNotKnow() {
      for (Duration age :
          List.of(
              Duration.ofSeconds(30),
              Duration.ofSeconds(90),
              Duration.ofDays(7).plusMinutes(1),
              AwsBackend.RESULTS_KEPT)) {
        assertThatThrownBy(() -> Query.sql("SELECT 1").reuseResultsFor(age))
            .isInstanceOf(InvalidDefinitionException.class)
            .hasMessage(
                "Cannot limit option reuseResultsFor: it is whole minutes, up to seven days");
      }
    }

    @Test
    void takesNoAnswerWhoseResultMayBeDeletedBeforeItIsRead() {
      Query longest = Query.sql("SELECT 1").reuseResultsFor(Duration.ofDays(7));
      assertThat(longest.reuse().orElseThrow())
          .isLessThanOrEqualTo(AwsBackend.RESULTS_KEPT.minusDays(1));
    }

    @Test
    void afterALostAnswerHasTheSameToken() {
      athena.then("StartQueryExecution", Answer.lost(), Answer.of(500, "{}"));

      assertThat(answer()).containsExactly(List.of(1));
      assertThat(
              athena.sent("StartQueryExecution").stream()
                  .map(start -> start.get("ClientRequestToken").asText())
                  .collect(Collectors.toSet()))
          .hasSize(1);
      assertThat(athena.sent("StartQueryExecution")).hasSize(3);
    }

    @Test
    void ofWhichEveryAnswerIsLostHasAnUnknownOutcome() {
      athena.then(
          "StartQueryExecution",
          Answer.lost(),
          Answer.lost(),
          Answer.lost(),
          Answer.lost(),
          Answer.lost(),
          Answer.lost());
      assertThatThrownBy(() -> answer())
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageStartingWith("Cannot run query without datasets: ");
    }

    @Test
    void isTriedAgainWhenThrottled() {
      Answer throttled =
          Answer.jsonError(400, "TooManyRequestsException", "You have exceeded the limit");
      athena.then("StartQueryExecution", throttled, throttled);

      assertThat(answer()).containsExactly(List.of(1));
    }

    @Test
    void namesAWorkgroupThatIsNotThere() {
      athena.then(
          "GetWorkGroup",
          Answer.jsonError(400, "InvalidRequestException", "WorkGroup primary is not found."));
      assertThatThrownBy(() -> answer())
          .isInstanceOf(NotFoundException.class)
          .hasMessage(
              "Cannot use option workgroup: there is no workgroup primary; make it, or name"
                  + " another with AwsSettings...workgroup(\"...\")");
    }

    @Test
    void tellsWhatAthenaRefusesWithoutTexts() {
      athena.then(
          "StartQueryExecution",
          Answer.jsonError(400, "InvalidRequestException", "It is 'secret' somehow"));
      assertThatThrownBy(() -> answer())
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage("Cannot run query without datasets: Athena refused it: It is ... somehow");
    }

    @Test
    void isThatOfAPreparedQueryWithItsValues() {
      try (Lake lake = lake()) {
        QueryEngine engine = engine(lake);
        for (Query query :
            List.of(
                Query.sql("PREPARE p FROM SELECT ? AS x, ? AS y -- why?"),
                Query.sql("EXECUTE p USING 1 + 1, DATE '2024-01-01'"),
                Query.sql("EXECUTE p USING :a, 'b' || :a").bind("a", "it's"),
                Query.sql("EXECUTE IMMEDIATE 'SELECT 1 AS x WHERE 2 = ?' USING ?").bindAll(3))) {
          engine.run(query).close();
        }
      }

      assertThat(athena.sent("StartQueryExecution"))
          .extracting(sent -> sent.get("QueryString").asText())
          .containsExactly(
              "SELECT ((1 + 1)) AS x, (DATE '2024-01-01') AS y -- why?",
              "SELECT ('it''s') AS x, (concat('b', 'it''s')) AS y -- why?",
              "SELECT 1 AS x WHERE 2 = (?)");
      assertThat(athena.sent("StartQueryExecution").get(2).get("ExecutionParameters").get(0))
          .hasToString("\"CAST('3' AS INTEGER)\"");
    }

    @Test
    void neverHappensForWhatIsNoStatementOfAthenas() {
      for (String other : List.of("DELETE FROM x", "CALL x()", "PREPARE p FROM DROP TABLE x")) {
        assertThatThrownBy(() -> answer(Query.sql(other)))
            .isInstanceOf(InvalidDefinitionException.class);
      }
      assertThat(athena.sent("StartQueryExecution")).isEmpty();
    }

    @Test
    void needsARoleWithLakeFormation() {
      try (Lake lake =
          athena.lake(
              settings -> settings.lakeFormation(io.lakesdk.AwsSettings.LakeFormation.ON),
              with -> {})) {
        QueryEngine engine = QueryEngine.of(lake.as(Principal.role("analyst")));
        assertThatThrownBy(() -> engine.run(Query.sql("SELECT 1 AS x")))
            .isInstanceOf(InvalidDefinitionException.class)
            .hasMessageStartingWith(
                "Cannot call AWS as principal role analyst: no role is known for it; open the lake"
                    + " with AwsSettings...principalRoles(");
      }
    }
  }

  @Nested
  class Following {

    @Test
    void pausesLongerEachTime() {
      athena.then("GetQueryExecution", state("QUEUED"), state("QUEUED"));
      for (int i = 0; i < 20; i++) {
        athena.then("GetQueryExecution", state("RUNNING"));
      }
      assertThat(answer()).containsExactly(List.of(1));

      assertThat(pauses).hasSize(22);
      assertThat(pauses.get(0)).isBetween(Duration.ofMillis(75), Duration.ofMillis(125));
      assertThat(pauses.get(10)).isGreaterThan(pauses.get(1));
      assertThat(pauses).allSatisfy(p -> assertThat(p).isLessThan(Duration.ofSeconds(4)));
    }

    @Test
    void goesOnAfterThrottlingAndLostAnswers() {
      athena.then(
          "GetQueryExecution",
          Answer.jsonError(400, "ThrottlingException", "Rate exceeded"),
          state("RUNNING"),
          Answer.lost(),
          Answer.of(503, "{}"));

      assertThat(answer()).containsExactly(List.of(1));
      assertThat(athena.sent("StartQueryExecution")).hasSize(1);
    }

    @Test
    void tellsWhatItRead() {
      try (Lake lake = lake();
          Rows rows = engine(lake).run(Query.sql("SELECT 1 AS x"))) {
        assertThat(rows.stats().bytesScanned()).isEqualTo(1234);
        assertThat(rows.stats().engineTime()).contains(Duration.ofMillis(56));
        assertThat(rows.stats().filesTotal()).isEmpty();
        assertThat(rows.stats().partitionsScanned()).isEmpty();
      }
    }

    @Test
    void startsAgainWhatMaySucceedThen() {
      athena.then("GetQueryExecution", failed("Query exhausted resources", 1, true));

      assertThat(answer()).containsExactly(List.of(1));
      assertThat(athena.sent("StartQueryExecution"))
          .hasSize(2)
          .extracting(start -> start.get("ClientRequestToken").asText())
          .doesNotHaveDuplicates();
    }

    @Test
    void givesUpWhatFailsThreeTimes() {
      Answer failed = failed("INTERNAL_ERROR_QUERY_ENGINE: oops", 1, true);
      athena.then("GetQueryExecution", failed, failed, failed);

      assertThatThrownBy(() -> answer())
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "Cannot run query without datasets: Athena failed (INTERNAL_ERROR_QUERY_ENGINE);"
                  + " Athena tells more of query execution q1");
      assertThat(athena.sent("StartQueryExecution")).hasSize(3);
    }

    @Test
    void readsPageAfterPage() {
      athena.then(
          "GetQueryExecution",
          json("{'QueryExecution':{'QueryExecutionId':'q1','Status':{'State':'SUCCEEDED'}}}"));
      List<String> types = List.of("integer");
      athena.then(
          "GetQueryResults",
          FakeAthena.page("two", List.of("x"), types, FakeAthena.numbers(0, 999)),
          FakeAthena.page("three", List.of(), types, FakeAthena.numbers(999, 1000)),
          Answer.lost(),
          FakeAthena.page("", List.of(), types, FakeAthena.numbers(1999, 501)));

      assertThat(answer())
          .hasSize(2500)
          .satisfies(
              rows -> {
                for (int i = 0; i < rows.size(); i++) {
                  assertThat(rows.get(i)).containsExactly(i);
                }
              });
      assertThat(athena.sent("GetQueryResults"))
          .extracting(page -> page.path("NextToken").asText() + page.get("MaxResults").asText())
          .containsExactly("1000", "two1000", "three1000", "three1000");
    }
  }

  @Nested
  class Stopping {

    private void runsForEver() {
      for (int i = 0; i < 50; i++) {
        athena.then("GetQueryExecution", state("RUNNING"));
      }
    }

    @Test
    void happensAfterTheTimeout() {
      runsForEver();
      assertThatThrownBy(() -> answer(Query.sql("SELECT 1 AS x").timeout(Duration.ofMillis(300))))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "Cannot run query without datasets: it took longer than its timeout of 300"
                  + " milliseconds");
      assertThat(clock.instant()).isEqualTo("2026-01-01T00:00:00.300Z");
      assertStoppedOnce();
    }

    private void assertStoppedOnce() {
      assertThat(athena.sent("StopQueryExecution"))
          .singleElement()
          .extracting(stop -> stop.get("QueryExecutionId").asText())
          .isEqualTo("q1");
    }

    @Test
    void happensWhenAnotherThreadCancels() {
      runsForEver();
      try (Lake lake = lake()) {
        Rows[] rows = new Rows[1];
        rows[0] =
            FakeAthena.engine(lake, (event, longest) -> rows[0].cancel())
                .run(Query.sql("SELECT 1 AS x"));
        assertThatThrownBy(() -> rows[0].asLists())
            .isInstanceOf(UnavailableException.class)
            .hasMessage("Cannot run query without datasets: it was cancelled");
        rows[0].close();
      }
      assertStoppedOnce();
    }

    @Test
    void wakesWhoeverWaits() throws Exception {
      runsForEver();
      try (Lake lake = lake()) {
        Thread reader = Thread.currentThread();
        Rows[] rows = new Rows[1];
        rows[0] =
            FakeAthena.engine(
                    lake,
                    (event, longest) -> {
                      Thread other = new Thread(() -> rows[0].cancel());
                      other.start();
                      event.await();
                      other.join();
                      assertThat(Thread.currentThread()).isSameAs(reader);
                    })
                .run(Query.sql("SELECT 1 AS x"));
        assertThatThrownBy(() -> rows[0].columns()).hasMessageContaining("it was cancelled");
      }
      assertStoppedOnce();
    }

    @Test
    void happensWhenTheThreadIsInterrupted() {
      runsForEver();
      try (Lake lake = lake();
          Rows rows =
              FakeAthena.engine(
                      lake,
                      (event, longest) -> {
                        throw new InterruptedException();
                      })
                  .run(Query.sql("SELECT 1 AS x"))) {
        assertThatThrownBy(rows::columns)
            .isInstanceOf(UnavailableException.class)
            .hasMessage("Cannot run query without datasets: the thread was interrupted");
        assertThat(Thread.interrupted()).isTrue();
      }
      assertStoppedOnce();
    }

    @Test
    void happensWhenRowsAreClosedBeforeTheAnswer() {
      try (Lake lake = lake()) {
        Rows rows = engine(lake).run(Query.sql("SELECT 1 AS x"));
        rows.close();
        rows.close();
      }
      assertStoppedOnce();
    }

    @Test
    void isNotNeededOfWhatHasEnded() {
      assertThat(answer()).hasSize(1);
      assertThat(athena.sent("StopQueryExecution")).isEmpty();
    }

    @Test
    void happensWhenTheLakeIsClosed() {
      Lake lake = lake();
      Rows rows = engine(lake).run(Query.sql("SELECT 1 AS x"));
      lake.close();

      assertThatThrownBy(rows::columns)
          .isInstanceOf(UnavailableException.class)
          .hasMessage("Cannot run query without datasets: the lake was closed");
      assertStoppedOnce();
      assertThatThrownBy(() -> engine(lake).run(Query.sql("SELECT 1 AS x")))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("it was closed");
    }

    @Test
    void happensWhenMoreIsReadThanAllowed() {
      runsForEver();
      assertThatThrownBy(() -> answer(Query.sql("SELECT 1 AS x").scanAtMost(1233)))
          .isInstanceOf(UnavailableException.class)
          .hasMessageStartingWith(
              "Cannot run query without datasets: it scanned 1234 bytes and may scan 1233");
      assertStoppedOnce();
    }

    @Test
    void withholdsTheAnswerOfWhatReadMoreThanAllowed() {
      assertThatThrownBy(() -> answer(Query.sql("SELECT 1 AS x").scanAtMost(1233)))
          .isInstanceOf(UnavailableException.class);
      assertThat(athena.sent("GetQueryResults")).isEmpty();
      assertThat(answer(Query.sql("SELECT 1 AS x").scanAtMost(1234))).hasSize(1);
    }

    @Test
    void bySomebodyElseIsTold() {
      athena.then("GetQueryExecution", state("CANCELLED"));
      assertThatThrownBy(() -> answer())
          .isInstanceOf(UnavailableException.class)
          .hasMessage("Cannot run query without datasets: somebody stopped it in Athena");
    }

    @Test
    void thatFailsIsToldToWhoeverCancels() {
      athena.then("StopQueryExecution", Answer.jsonError(400, "AccessDeniedException", "no"));
      try (Lake lake = lake();
          Rows rows = engine(lake).run(Query.sql("SELECT 1 AS x"))) {
        assertThatThrownBy(rows::cancel).hasMessageStartingWith("Cannot stop query");
        assertThatThrownBy(rows::columns).hasMessageContaining("it was cancelled");
      }
    }
  }
}
