package io.lakesdk.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.error.InvalidDefinitionException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkgroupTest {

  private static final Workgroup ANALYSTS = Workgroup.named("analysts");

  @Test
  void hasNoLimitsUnlessToldOtherwise() {
    assertThat(ANALYSTS.scanLimit()).isEmpty();
    assertThat(ANALYSTS.quota()).isEmpty();
    assertThat(ANALYSTS.results()).isEmpty();
    assertThat(ANALYSTS.state()).isEqualTo(Workgroup.State.ENABLED);
    assertThat(ANALYSTS.disabled().enabled()).isEqualTo(ANALYSTS);
  }

  @Test
  void hasNoNegativeLimits() {
    assertThatThrownBy(() -> ANALYSTS.scanAtMost(-1))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage("Cannot limit option scanAtMost: it is a number of bytes, 0 or more");
    assertThatThrownBy(() -> ANALYSTS.scanTogetherAtMost(-1, Duration.ofHours(1)))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage("Cannot limit option scanTogetherAtMost: it is a number of bytes, 0 or more");
  }

  @Test
  void isLimitedForAMinuteAtLeastAndAMonthAtMost() {
    for (Duration window : new Duration[] {Duration.ofSeconds(59), Duration.ofDays(32)}) {
      assertThatThrownBy(() -> ANALYSTS.scanTogetherAtMost(1, window))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage(
              "Cannot limit option scanTogetherAtMost: its time is from one minute to 31 days");
    }
  }

  @Test
  void hasANameThatAthenaTakes() {
    assertThat(Workgroup.named("Data.science_team-1").name()).isEqualTo("Data.science_team-1");
    for (String name : new String[] {"", "a b", "x".repeat(129), "ä"}) {
      assertThatThrownBy(() -> Workgroup.named(name))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageEndingWith("a name has 1 to 128 letters, digits or any of . _ -");
    }
  }
}
