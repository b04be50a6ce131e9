package io.lakesdk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ChildJvmTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  static final class Greets {
    public static void main(String[] arguments) throws Exception {
      Files.createTempFile("left", ".txt");
      System.out.println("hello " + arguments[0]);
    }
  }

  static final class WaitsForever {
    public static void main(String[] arguments) throws Exception {
      System.out.println("waiting");
      new CountDownLatch(1).await();
    }
  }

  static final class Fails {
    public static void main(String[] arguments) {
      if (arguments.length == 0) {
        throw new IllegalStateException("on purpose");
      }
    }
  }

  @Test
  void printsAndEnds() {
    try (ChildJvm child = ChildJvm.start(Greets.class, "world")) {
      child.awaitSuccess(SOON);
      assertThat(child.lines()).contains("hello world");
      assertThat(child.temporaryFiles()).singleElement().asString().contains("left");
    }
  }

  @Test
  void isKilled() {
    try (ChildJvm child = ChildJvm.start(WaitsForever.class)) {
      assertThat(child.awaitLine("wait", SOON)).isEqualTo("waiting");
      child.kill();
      assertThat(child.awaitEnd(SOON)).isNotZero();
    }
  }

  @Test
  void showsWhatAFailedProcessPrinted() {
    try (ChildJvm child = ChildJvm.start(Fails.class)) {
      assertThatThrownBy(() -> child.awaitSuccess(SOON))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("status 1")
          .hasMessageContaining("on purpose");
    }
  }
}
