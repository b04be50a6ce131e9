package io.lakesdk.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Zone;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.publish.Write;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PipelineTest {

  private static final Dataset IN = Dataset.named("a.b").in(Zone.RAW).build();
  private static final Dataset OUT = Dataset.named("a.c").in(Zone.CURATED).build();

  private static void refuses(ThrowingCallable definition, String message) {
    assertThatThrownBy(definition)
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage(message);
  }

  @Test
  void keepsRowsAsideBesideItsOutputUnlessToldOtherwise() {
    Pipeline.Builder builder = Pipeline.named("p").read(IN).expect(Rule.notNull("x"));
    Pipeline plain = builder.write(OUT, Write.append()).build();
    assertThat(plain.quarantine()).isEqualTo(DatasetId.parse("a.c_quarantine"));
    assertThat(plain.quarantineZone()).isEqualTo(Zone.CURATED);
    Pipeline told = builder.quarantinedAs("bad.rows").quarantinedIn(Zone.CLEANED).build();
    assertThat(told.quarantines()).containsExactly(DatasetId.parse("bad.rows"));
    assertThat(told.quarantineZone()).isEqualTo(Zone.CLEANED);
  }

  @Test
  void needsARead() {
    refuses(
        () -> Pipeline.named("p").write(OUT, Write.append()).build(),
        "Cannot define pipeline p: .read: it reads nothing; begin with .read(dataset)");
    refuses(
        () -> Pipeline.named("p").sql("SELECT 1"),
        "Cannot define pipeline p: .sql: a step needs rows to work on; begin with .read(dataset)");
    refuses(
        () -> Pipeline.named("p").read(IN).read(OUT),
        "Cannot define pipeline p: .read: a pipeline reads one dataset, first of all; join others"
            + " by their names in an sql step");
  }

  @Test
  void needsAWriteAtItsEnd() {
    refuses(
        () -> Pipeline.named("p").read(IN).build(),
        "Cannot define pipeline p: .write: it writes nothing; end with .write(dataset,"
            + " Write.append())");
    refuses(
        () -> Pipeline.named("p").read(IN).write(OUT, Write.append()).sql("SELECT 1"),
        "Cannot define pipeline p: .sql: nothing follows the write; put the step before .write");
    refuses(
        () -> Pipeline.named("p").read(IN).write(IN, Write.append()).build(),
        "Cannot define pipeline p: .write: it writes a.b, which it reads; write another dataset");
  }

  @Test
  void needsAName() {
    refuses(
        () -> Pipeline.named("a b").read(IN).write(OUT, Write.append()).build(),
        "Cannot name pipeline a b: a pipeline's name has 1 to 79 letters, digits or any of . _ -"
            + " and starts with a letter or digit, since it becomes part of the names of loads");
  }

  @Test
  void needsRulesThatCanBeToldApart() {
    refuses(
        () -> Pipeline.named("p").read(IN).expect(),
        "Cannot define pipeline p: .expect: it has no rules; give at least one");
    refuses(
        () ->
            Pipeline.named("p").read(IN).require(Rule.between("x", 1, 2), Rule.between("x", 5, 6)),
        "Cannot define pipeline p: .require: two of its rules are called between(x); name one with"
            + " Rule.that(name, condition), or put it in a step of its own");
  }

  @Test
  void needsRulesThatMeanSomething() {
    refuses(
        () -> Rule.between("x", 5, 1),
        "Cannot define rule between(x): its lower bound 5 is above its upper bound 1; swap them");
    refuses(
        () -> Rule.oneOf("x"), "Cannot define rule oneOf(x): it has no values; give at least one");
    refuses(() -> Rule.unique(), "Cannot define rule unique: it has no columns; give at least one");
    refuses(
        () -> Rule.between("x", Duration.ZERO, Duration.ZERO),
        "Cannot define rule between(x): a value of java.time.Duration cannot be compared with a"
            + " column; use a number, String, Boolean, LocalDate, LocalDateTime or Instant");
    refuses(
        () -> Rule.notNull(" "),
        "Cannot define rule notNull: the name of its column is empty; name the column that it is"
            + " about");
    refuses(
        () -> Rule.that("even", ""),
        "Cannot define rule that: its condition is empty; say in words what holds, then in SQL");
  }
}
