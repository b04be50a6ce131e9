package io.lakesdk.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.testing.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class LargeRunTest {

  @TempDir Path folder;

  @Test
  void takesMillionsOfRowsThroughJavaInASmallHeap() {
    try (ChildJvm program = ChildJvm.startWithHeap(96, LargeProgram.class, folder.toString())) {
      program.awaitSuccess(Duration.ofMinutes(5));
      assertThat(program.lines())
          .last()
          .isEqualTo("rows " + (LargeProgram.ROWS / 2 - 3) + " kept aside 3");
    }
  }
}
