package io.lakesdk.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lakesdk.DatasetId;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.Action;
import io.lakesdk.error.InvalidDefinitionException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GrantTest {

  private static final Principal ANALYST = Principal.role("analyst");

  @Test
  void aGrantPrintsTheCodeThatMakesIt() {
    assertThat(Grant.select("B", "a").on("S.T").where("a = 'x\"\\'").to(ANALYST))
        .hasToString(
            "Grant.select(\"a\", \"b\").on(\"s.t\").where(\"a = 'x\\\"\\\\'\")"
                + ".to(Principal.role(\"analyst\"))");
    assertThat(Grant.read().on(Zone.RAW).to(Principal.user("ada")))
        .hasToString("Grant.read().on(Zone.RAW).to(Principal.user(\"ada\"))");
    assertThat(Grant.write().on(Zone.CLEANED).to(ANALYST))
        .hasToString("Grant.write().on(Zone.CLEANED).to(Principal.role(\"analyst\"))");
    assertThat(Grant.use().on("analysts").to(ANALYST))
        .hasToString("Grant.use().on(\"analysts\").to(Principal.role(\"analyst\"))");
    assertThat(Grant.read().on(Zone.CURATED).to(ANALYST).toString()).contains("Zone.CURATED");
    assertThat(Grant.read().on(Zone.named("own")).to(ANALYST).toString())
        .contains("Zone.named(\"own\")");
    assertThat(Grant.select().on("s.t").where("a =\n\t1").to(ANALYST).toString())
        .contains(".where(\"a =\\n\\t1\")");
  }

  @Test
  void theOrderOfColumnsMakesNoDifference() {
    assertThat(Grant.select("a", "b", "A").on("s.t").to(ANALYST))
        .isEqualTo(Grant.select("b", "a").on("s.t").to(ANALYST))
        .hasSameHashCodeAs(Grant.select("b", "a").on("s.t").to(ANALYST));
  }

  @Test
  void aSummaryHoldsNoValues() {
    assertThat(Grant.select("a").on("s.t").where("a = 'secret'").to(ANALYST).summary())
        .isEqualTo("select (a) on s.t, rows filtered, to role analyst");
  }

  @Test
  void anEmptyListOfColumnsIsNotAllColumns() {
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(
            () ->
                new Grant.Select(
                    DatasetId.parse("s.t"), Optional.of(Set.of()), Optional.empty(), ANALYST))
        .withMessage(
            "Cannot grant select on dataset s.t: the list of columns is empty; name some, or write"
                + " Grant.select() for all");
  }

  @Test
  void namesThatCannotBeAreRefused() {
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> Grant.select("").on("s.t"))
        .withMessageContaining("the name is empty");
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> Grant.select("a,b").on("s.t"))
        .withMessageContaining("the name holds a comma");
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> Grant.select().on("orders"))
        .withMessageContaining("write database.table");
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> Grant.use().on("a b").to(ANALYST))
        .withMessage(
            "Cannot name workgroup a b: a name has 1 to 128 letters, digits or any of . _ -");
  }

  @Test
  void theAdministratorIsGrantedNothing() {
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> Grant.select().on("s.t").to(Principal.ADMINISTRATOR))
        .withMessage(
            "Cannot grant to principal administrator: whoever opened the lake may do everything;"
                + " grant to a role or a user");
  }

  @Test
  void onAZoneOneReadsOrWrites() {
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> new Grant.OnZone(Action.ADMINISTER, Zone.RAW, ANALYST))
        .withMessage("Cannot grant administer on zone raw: on a zone one grants READ or WRITE");
  }
}
