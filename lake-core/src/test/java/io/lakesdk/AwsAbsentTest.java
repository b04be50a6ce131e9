package io.lakesdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.testing.ChildJvm;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Without the AWS SDK everything else works, and a lake on AWS says what to add. */
class AwsAbsentTest {

  /** Opens a lake in memory, and then one on AWS. */
  static final class Program {
    public static void main(String[] args) {
      try (Lake lake = Lake.inMemory()) {
        System.out.println(lake.store(Zone.RAW).exists("a"));
      }
      try (Lake lake = Lake.onAws(AwsSettings.region("eu-west-1").account("acme").build())) {
        System.out.println(lake.name());
      } catch (RuntimeException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void isToldWithWhatToAdd() {
    try (ChildJvm child = ChildJvm.startWithout("awssdk", Program.class)) {
      child.awaitSuccess(Duration.ofSeconds(60));
      assertThat(child.lines())
          .containsExactly(
              "false",
              "Cannot use lake on AWS: a module of the AWS SDK is absent; add s3, glue, sts and"
                  + " apache-client of software.amazon.awssdk to the application's dependencies");
    }
  }
}
