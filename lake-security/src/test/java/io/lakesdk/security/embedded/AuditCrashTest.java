package io.lakesdk.security.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.AccessControl;
import io.lakesdk.access.Action;
import io.lakesdk.access.Resource;
import io.lakesdk.security.AuditSearch;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import io.lakesdk.testing.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed had written every refusal that it told anybody about. */
class AuditCrashTest {

  private static final Principal ANALYST = Principal.role("analyst");

  @TempDir Path folder;

  @Test
  void refusalsAndGrantsThatWereToldSurviveAKill() {
    String last;
    try (ChildJvm child = ChildJvm.start(Refused.class, folder.resolve("lake").toString())) {
      last = child.awaitLine("refused 50", Duration.ofSeconds(60));
      child.kill();
      last = child.lines().stream().filter(l -> l.startsWith("refused")).reduce(last, (a, b) -> b);
    }
    int told = Integer.parseInt(last.substring("refused ".length()));
    try (Lake lake = Lake.at(folder.resolve("lake"))) {
      Security security = Security.of(lake);
      assertThat(security.grants().to(ANALYST).list()).hasSize(1);
      AuditSearch analyst = security.audit().by(ANALYST).limit(1_000_000);
      assertThat(analyst.denied().list()).hasSizeGreaterThanOrEqualTo(told);
      // Permissions are written in order with refusals, and so at latest with the next one.
      assertThat(analyst.allowed().list()).hasSizeGreaterThanOrEqualTo(told);
    }
  }

  /** Is allowed and refused in turn until it is killed. */
  static final class Refused {
    private Refused() {}

    public static void main(String[] arguments) {
      try (Lake lake = Lake.at(Path.of(arguments[0]))) {
        Security.of(lake).grant(Grant.select("a").on("x.y").to(ANALYST));
        AccessControl access = lake.as(ANALYST).access();
        Resource dataset = Resource.dataset(DatasetId.parse("x.y"), Zone.RAW);
        for (int i = 1; ; i++) {
          access.decide(Action.SELECT, dataset, Set.of("a"));
          access.decide(Action.SELECT, dataset, Set.of("b"));
          System.out.println("refused " + i);
        }
      }
    }
  }
}
