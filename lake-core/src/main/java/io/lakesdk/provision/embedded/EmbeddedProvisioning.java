package io.lakesdk.provision.embedded;

import com.google.common.collect.ImmutableList;
import io.lakesdk.ZoneSettings;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.provision.Change;
import io.lakesdk.provision.Plan;
import io.lakesdk.provision.Provisioning;
import java.util.List;

/** An embedded lake makes its zones by itself, and knows neither keys nor lifecycles. */
public final class EmbeddedProvisioning implements Provisioning {

  private final String name;

  public EmbeddedProvisioning(String nameOfLake) {
    this.name = nameOfLake;
  }

  @Override
  public Plan plan(ZoneSettings... zones) {
    for (ZoneSettings settings : zones) {
      refuse(settings, settings.key().isPresent(), "encryptedWith");
      refuse(settings, !settings.moves().isEmpty(), "moveTo");
      refuse(settings, settings.expiry().isPresent(), "expireAfter");
      refuse(settings, settings.oldVersions().isPresent(), "keepOldVersions");
    }
    return new Plan(ImmutableList.copyOf(zones), ImmutableList.of());
  }

  private static void refuse(ZoneSettings settings, boolean asked, String option) {
    if (asked) {
      throw new InvalidDefinitionException(
          "provision",
          Subject.zone(settings.zone()),
          "an embedded lake has no " + option + "; leave it out, or open the lake on AWS");
    }
  }

  @Override
  public List<Change> apply(Plan plan) {
    if (!plan(plan.zones().toArray(ZoneSettings[]::new)).equals(plan)) {
      throw new ConflictException(
          "provision", Subject.of(Subject.Kind.LAKE, name), "the plan was made for another lake");
    }
    return plan.changes();
  }

  @Override
  public void check(ZoneSettings... zones) {
    plan(zones);
  }
}
