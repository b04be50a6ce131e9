package io.lakesdk.arch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The house rules on source files: what is small can be read. */
final class SourceTree {
  static final int MAX_LINES = 500;
  static final int MAX_FILES = 25;

  private final Path root;
  private final List<Path> files;

  private SourceTree(Path root, List<Path> files) {
    this.root = root;
    this.files = files;
  }

  static SourceTree at(Path root) throws IOException {
    if (!Files.exists(root)) {
      return new SourceTree(root, List.of());
    }
    try (Stream<Path> all = Files.walk(root)) {
      return new SourceTree(
          root, all.filter(file -> file.toString().endsWith(".java")).sorted().toList());
    }
  }

  void checkLengthOfFiles() {
    List<String> tooLong =
        files.stream()
            .filter(file -> lines(file) > MAX_LINES)
            .map(file -> root.relativize(file) + " has " + lines(file) + " lines")
            .toList();
    refuse(tooLong, "Split what does two things");
  }

  void checkSizeOfPackages() {
    Map<Path, Long> sizes =
        files.stream()
            .collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.counting()));
    List<String> tooLarge =
        sizes.entrySet().stream()
            .filter(size -> size.getValue() > MAX_FILES)
            .map(size -> root.relativize(size.getKey()) + " holds " + size.getValue() + " files")
            .toList();
    refuse(tooLarge, "Move what belongs together into a package of its own");
  }

  private static void refuse(List<String> violations, String remedy) {
    if (!violations.isEmpty()) {
      throw new AssertionError(remedy + ":\n  " + String.join("\n  ", violations));
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
