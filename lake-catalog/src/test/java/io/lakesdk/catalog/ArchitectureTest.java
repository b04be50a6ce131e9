package io.lakesdk.catalog;

import io.lakesdk.arch.LakeArchitecture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

@Tag("architecture")
class ArchitectureTest {
  @TestFactory
  Stream<DynamicTest> houseRules() {
    return LakeArchitecture.ofLibrary(ArchitectureTest.class);
  }
}
