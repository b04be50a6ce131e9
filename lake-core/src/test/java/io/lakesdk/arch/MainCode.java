package io.lakesdk.arch;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds the main code of a module, starting from one of its tests. */
final class MainCode {
  private MainCode() {}

  /** The compiled main code of the test's module, which may be none. */
  static JavaClasses of(Class<?> testOfTheModule) {
    Path classes = testClassesOf(testOfTheModule).resolveSibling("classes");
    ImportOption nothingGenerated = location -> !location.contains("/jmh_generated/");
    return new ClassFileImporter()
        .withImportOption(nothingGenerated)
        .importPaths(Files.isDirectory(classes) ? List.of(classes) : List.of());
  }

  /** {@code src/main/java} of the test's module, which may not exist. */
  static Path sourcesOf(Class<?> testOfTheModule) {
    Path folder = testClassesOf(testOfTheModule);
    while (!Files.exists(folder.resolve("pom.xml"))) {
      folder = folder.getParent();
    }
    return folder.resolve("src/main/java");
  }

  /** The main code of every module of the library that is on the class path, in a jar or not. */
  static JavaClasses ofLibraryOnClassPath() {
    ImportOption noTests =
        location -> !location.contains("/test-classes/") && !location.contains("-tests.jar");
    ImportOption noPrograms =
        location ->
            !location.contains("/io/lakesdk/examples/")
                && !location.contains("/io/lakesdk/benchmarks/");
    return new ClassFileImporter()
        .withImportOption(noTests)
        .withImportOption(noPrograms)
        .importPackages("io.lakesdk");
  }

  private static Path testClassesOf(Class<?> test) {
    try {
      return Path.of(test.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("Cannot find the classes of " + test.getName(), e);
    }
  }
}
