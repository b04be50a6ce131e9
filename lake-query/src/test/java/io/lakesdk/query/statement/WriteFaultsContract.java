package io.lakesdk.query.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Zone;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.OutcomeUnknownException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.fault.Call;
import io.lakesdk.fault.Faults;
import io.lakesdk.testing.Outage;
import io.lakesdk.testing.Outage.LastAnswer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Statements that write happen whole or not at all, whichever call fails. */
abstract class WriteFaultsContract extends ProjectionContract {

  @ParameterizedTest
  @EnumSource
  void atAnyCallOfCreateTableAsNothingOrAllIsLeft(LastAnswer answer) {
    Outage outage = new Outage();
    reopen(with -> with.faults(outage.faults()));
    Optional<LakeException> failure;
    int call = 0;
    do {
      String table = "t" + call;
      failure =
          during(
              outage,
              call,
              answer,
              "CREATE TABLE "
                  + table
                  + " WITH (partitioned_by = ARRAY['country']) AS SELECT id, country FROM orders");
      boolean made = isTable(table);
      if (made) {
        assertThat(run("SELECT count(*) FROM " + table)).containsExactly(List.of(3L));
        assertThat(failure.filter(e -> !(e instanceof OutcomeUnknownException))).isEmpty();
      } else {
        assertThat(failure).as("after call %s", call).isPresent();
        // Files that could not be removed in the outage are in nobody's way.
        run("CREATE TABLE " + table + " AS SELECT 1 AS x");
      }
      call++;
    } while (failure.isPresent());
  }

  @ParameterizedTest
  @EnumSource
  void atAnyCallOfInsertNothingOrAllIsLeft(LastAnswer answer) {
    Outage outage = new Outage();
    reopen(with -> with.faults(outage.faults()));
    long rows = 3;
    Optional<LakeException> failure;
    int call = 0;
    do {
      failure =
          during(
              outage,
              call,
              answer,
              "INSERT INTO orders (id, country) VALUES (100, 'a'), (101, 'b'), (102, 'c')");
      long now = (Long) run("SELECT count(*) FROM orders").get(0).get(0);
      assertThat(now - rows).as("after call %s", call).isIn(0L, 3L);
      if (now > rows) {
        assertThat(failure.filter(e -> !(e instanceof OutcomeUnknownException))).isEmpty();
      } else {
        assertThat(failure).isPresent();
      }
      rows = now;
      call++;
    } while (failure.isPresent());
  }

  final Optional<LakeException> during(Outage outage, int call, LastAnswer answer, String sql) {
    outage.after(call, answer);
    try {
      return attempt(sql);
    } finally {
      outage.mend();
    }
  }

  /** Whatever is told, the rows are there once or not at all; publishing is the last write. */
  @Test
  void aLostAnswerOfPublishingIsSettledByTheNameOfTheLoad() {
    OneCall lost = new OneCall();
    reopen(with -> with.faults(lost.losesAnswer(Call.WRITE_METADATA)));
    Optional<LakeException> inserted = Optional.empty();
    Optional<LakeException> created = Optional.empty();
    int number = 0;
    boolean happened;
    do {
      number++;
      long before = (Long) run("SELECT count(*) FROM orders").get(0).get(0);
      lost.at(number);
      Optional<LakeException> failure =
          attempt("INSERT INTO orders (id, country) VALUES (100, 'de')");
      happened = lost.stop();
      inserted = happened ? failure : inserted;
      assertThat(run("SELECT count(*) FROM orders"))
          .containsExactly(List.of(failure.isEmpty() ? before + 1 : before));

      lost.at(number);
      failure = attempt("CREATE TABLE t" + number + " AS SELECT 1 AS x");
      boolean again = lost.stop();
      created = again ? failure : created;
      assertThat(isTable("t" + number)).isEqualTo(failure.isEmpty());
      happened = happened || again;
    } while (happened);
    assertThat(number).isGreaterThan(2);
    assertThat(inserted).isEmpty();
    assertThat(created).isEmpty();
  }

  @Test
  void whereOneCallFailsNothingIsLeft() {
    OneCall failing = new OneCall();
    reopen(with -> with.faults(failing.fails()));
    int number = 0;
    boolean happened;
    do {
      number++;
      failing.at(number);
      Optional<LakeException> failure = attempt("CREATE TABLE t AS SELECT 1 AS x");
      happened = failing.stop();
      assertThat(failure.isPresent() && !happened).isFalse();
      assertThat(isTable("t")).isEqualTo(failure.isEmpty());
      assertThat(objects(Zone.CURATED, "sales/t/").isEmpty()).isEqualTo(failure.isPresent());
      run("DROP TABLE IF EXISTS t");
    } while (happened);
    assertThat(number).isGreaterThan(5);
  }

  private Optional<LakeException> attempt(String sql) {
    try {
      run(sql);
      return Optional.empty();
    } catch (UnavailableException | OutcomeUnknownException expected) {
      return Optional.of(expected);
    }
  }

  /** A fault at one call. */
  private static final class OneCall {
    private int left;

    void at(int number) {
      left = number;
    }

    /** Whether it happened; it will no longer. */
    boolean stop() {
      boolean happened = left == 0;
      left = 0;
      return happened;
    }

    private boolean now() {
      return left > 0 && --left == 0;
    }

    Faults losesAnswer(Call call) {
      return Faults.on(call)
          .after(
              subject -> {
                if (now()) {
                  throw new OutcomeUnknownException("hear of", subject, "the answer was lost");
                }
              });
    }

    Faults fails() {
      Faults faults = Faults.none();
      for (Call call : Call.values()) {
        faults =
            faults
                .andOn(call)
                .before(
                    subject -> {
                      if (now()) {
                        throw new UnavailableException("reach", subject, "it failed");
                      }
                    });
      }
      return faults;
    }
  }
}
