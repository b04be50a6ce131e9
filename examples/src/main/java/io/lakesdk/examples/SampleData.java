package io.lakesdk.examples;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The data that comes with the examples; where it is from is in {@code data/SOURCES.md}. */
final class SampleData {

  private static final List<String> FILES = List.of("flights-20k.json", "airports.csv");

  private SampleData() {}

  /** Copies the files into a folder, as somebody who delivers them would. */
  static Path dropInto(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String file : FILES) {
      try (InputStream data = SampleData.class.getResourceAsStream("data/" + file)) {
        if (data == null) {
          throw new FileNotFoundException("data/" + file);
        }
        Files.copy(data, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return folder;
  }

  /** The path of a lake that is not there, after removing the one that an earlier run left. */
  static Path fresh(Path lake) throws IOException {
    if (Files.exists(lake.resolve(".lake"))) {
      try (Stream<Path> files = Files.walk(lake)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    return lake;
  }
}
