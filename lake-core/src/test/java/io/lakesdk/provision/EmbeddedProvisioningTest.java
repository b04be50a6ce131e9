package io.lakesdk.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.lakesdk.KeyId;
import io.lakesdk.Lake;
import io.lakesdk.StorageClass;
import io.lakesdk.Zone;
import io.lakesdk.ZoneSettings;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmbeddedProvisioningTest extends ProvisioningContract {

  @Override
  protected Lake open() {
    return Lake.inMemory();
  }

  @Test
  void nothingHasToBeMade() {
    try (Lake lake = open()) {
      assertThat(Provisioning.of(lake).plan(ZoneSettings.of(Zone.RAW)).isEmpty()).isTrue();
    }
  }

  @Test
  void whatOnlyAwsHasIsRefusedByName() {
    Map<String, ZoneSettings> refused =
        Map.of(
            "encryptedWith", Zone.RAW.encryptedWith(KeyId.of("lake-raw")),
            "moveTo", Zone.RAW.moveTo(StorageClass.GLACIER).after(Duration.ofDays(90)),
            "expireAfter", Zone.RAW.expireAfter(Duration.ofDays(90)),
            "keepOldVersions", Zone.RAW.keepOldVersions(Duration.ofDays(90)));
    try (Lake lake = open()) {
      refused.forEach(
          (option, settings) ->
              assertThatThrownBy(() -> Provisioning.of(lake).plan(settings))
                  .isInstanceOf(InvalidDefinitionException.class)
                  .hasMessage(
                      "Cannot provision zone raw: an embedded lake has no "
                          + option
                          + "; leave it out, or open the lake on AWS"));
    }
  }

  @Test
  void aPlanOfAnotherLakeIsRefused() {
    Change change =
        new Change(
            "acme-raw", Change.Aspect.BUCKET, "", Optional.empty(), Optional.of("in eu-west-1"));
    Plan plan = new Plan(ImmutableList.of(), ImmutableList.of(change));
    try (Lake lake = open()) {
      assertThatThrownBy(() -> Provisioning.of(lake).apply(plan))
          .isInstanceOf(ConflictException.class)
          .hasMessage("Cannot provision lake in memory: the plan was made for another lake");
    }
  }
}
