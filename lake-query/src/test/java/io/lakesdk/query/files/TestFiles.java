package io.lakesdk.query.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The files below {@code formats} in the test's resources, which other tools made. */
final class TestFiles {

  private TestFiles() {}

  static byte[] read(String name) {
    try (InputStream in = TestFiles.class.getResourceAsStream("/formats/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
