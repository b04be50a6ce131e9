package io.lakesdk.security.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.security.Grant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Grants and revocations that crash at any request or write, before or after it took effect: at no
 * moment does Lake Formation give more than is written down, and whoever comes next finishes.
 */
class LakeFormationCrashTest {

  private static final int SEEDS = 40;
  private static final int STEPS = 40;
  private static final int CALLS = 12;
  private static final Principal ANALYST = Principal.role("analyst");
  private static final List<Grant> POOL =
      List.of(
          Grant.select("a", "b").on("x.y").to(ANALYST),
          Grant.select("b", "c").on("x.y").to(ANALYST),
          Grant.select().on("x.y").to(ANALYST),
          Grant.select("a").on("x.y").where("b = 1").to(ANALYST),
          Grant.select("a").on("x.y").to(Principal.role("auditor")),
          Grant.write().on(Zone.RAW).to(ANALYST));

  private static final class CrashError extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void lakeFormationNeverGivesMoreThanIsWrittenDownAndGetsAllOfItInTheEnd() {
    int crashes = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      try (ScriptedLakeFormation aws = new ScriptedLakeFormation()) {
        aws.afterEachRight(() -> check(aws));
        Set<Grant> wanted = new HashSet<>();
        for (int step = 0; step < STEPS; step++) {
          crashes += step(aws, random, wanted) ? 1 : 0;
        }
        aws.never();
        GrantObject last = aws.open();
        last.reconcile(aws.lakeFormation());
        assertThat(last.current().all()).as("seed %d", seed).hasSameElementsAs(wanted);
        assertThat(aws.document().unfinished()).isEmpty();
        assertThat(aws.rights()).as("seed %d", seed).isEqualTo(lines(wanted, true));
        wanted.forEach(grant -> last.remove(grant, aws::note));
        assertThat(aws.rights()).as("seed %d", seed).isEmpty();
      }
    }
    assertThat(crashes).isGreaterThan(SEEDS * STEPS / 4);
  }

  /** Whether it crashed. What a crash left open is finished before the next step. */
  private static boolean step(ScriptedLakeFormation aws, Random random, Set<Grant> wanted) {
    Grant grant = POOL.get(random.nextInt(POOL.size()));
    boolean revoking = random.nextInt(3) == 0;
    aws.throwAt(random.nextInt(CALLS), new CrashError());
    try {
      change(aws.open(), grant, revoking, aws);
      aws.never();
      expect(wanted, grant, revoking);
      return false;
    } catch (CrashError crash) {
      aws.never();
      aws.waitForOthers();
      // The next change finishes it; a crash before it was written down left nothing to finish.
      aws.open().remove(Grant.read().on(Zone.CURATED).to(ANALYST), aws::note);
      boolean there = aws.open().current().all().contains(grant);
      expect(wanted, grant, !there);
      return true;
    }
  }

  private static void change(
      GrantObject grants, Grant grant, boolean revoking, ScriptedLakeFormation aws) {
    if (revoking) {
      grants.remove(grant, aws::note);
    } else {
      grants.add(grant, aws::note);
    }
  }

  private static void expect(Set<Grant> wanted, Grant grant, boolean revoking) {
    if (revoking) {
      wanted.remove(grant);
    } else {
      wanted.add(grant);
    }
  }

  private static void check(ScriptedLakeFormation aws) {
    assertThat(lines(Set.copyOf(aws.document().all()), false)).containsAll(aws.rights());
  }

  /** What these grants are in Lake Formation; at the end columns are no more where all are. */
  private static Set<String> lines(Set<Grant> grants, boolean atTheEnd) {
    Set<String> lines = new TreeSet<>();
    for (Grant grant : grants) {
      String start = "arn:aws:iam::111122223333:role/lake-" + grant.principal().name();
      if (grant instanceof Grant.Select select) {
        String table = start + " SELECT on " + select.dataset();
        if (select.rows().isPresent()) {
          lines.add(table + " " + CellsFilter.of(select).name());
        } else {
          select
              .columns()
              .ifPresentOrElse(
                  names -> names.forEach(name -> lines.add(table + " " + name)),
                  () -> lines.add(table));
        }
      } else if (grant instanceof Grant.OnZone) {
        lines.add(start + " DATA_LOCATION_ACCESS on arn:aws:s3:::acme-lake-raw");
      }
    }
    if (atTheEnd) {
      Set<String> all = Set.copyOf(lines);
      lines.removeIf(
          line -> line.matches(".* [abc]") && all.contains(line.substring(0, line.length() - 2)));
    }
    return lines;
  }
}
