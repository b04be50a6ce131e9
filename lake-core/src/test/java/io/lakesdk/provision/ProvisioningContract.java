package io.lakesdk.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.ZoneSettings;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.storage.PutOptions;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What provisioning promises of every lake. */
public abstract class ProvisioningContract {

  /** A lake of which nothing was provisioned. */
  protected abstract Lake open();

  @Test
  void whatWasPlannedIsDoneAndThenThereIsNothingToDo() {
    try (Lake lake = open()) {
      Provisioning provisioning = Provisioning.of(lake);

      Plan plan = provisioning.plan();

      assertThat(provisioning.apply(plan)).isEqualTo(plan.changes());
      assertThat(provisioning.plan().isEmpty()).isTrue();
      assertThat(provisioning.plan()).hasToString("nothing to change");
      assertThat(provisioning.apply(provisioning.plan())).isEmpty();
    }
  }

  @Test
  void planningChangesNothing() {
    try (Lake lake = open()) {
      Provisioning provisioning = Provisioning.of(lake);

      assertThat(provisioning.plan()).isEqualTo(provisioning.plan());
    }
  }

  @Test
  void aProvisionedLakePassesTheCheckAndHoldsObjects() {
    try (Lake lake = open()) {
      Provisioning provisioning = Provisioning.of(lake);
      ZoneSettings exports = ZoneSettings.of(Zone.named("exports"));

      provisioning.apply(provisioning.plan(exports));
      provisioning.check(exports);

      byte[] content = "content".getBytes(StandardCharsets.UTF_8);
      lake.store(exports.zone()).put("key", content, PutOptions.defaults());
      assertThat(lake.store(exports.zone()).exists("key")).isTrue();
    }
  }

  @Test
  void onlyTheAdministratorProvisions() {
    try (Lake lake = open()) {
      Lake view = lake.as(Principal.role("analyst"));

      assertThatThrownBy(() -> Provisioning.of(view))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessage(
              "Cannot provision lake "
                  + lake.name()
                  + ": role analyst is not its administrator; ask whoever opened the lake");
    }
  }
}
