package io.lakesdk.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.opentest4j.TestAbortedException;

/**
 * A Python virtual environment in the build folder with the emulators of AWS, in the versions that
 * {@code emulators.txt} pins. It is made once a build; where there is no Python, tests that need it
 * are skipped and say so, and fail if the environment variable CI is {@code true}.
 */
final class PythonTools {

  private static final String PINS = "emulators.txt";

  private PythonTools() {}

  /** Where the commands of the environment are. */
  static Path commands() {
    Path home = home();
    Path done = home.resolve("installed.txt");
    try {
      Files.createDirectories(home);
      try (FileChannel channel =
              new RandomAccessFile(home.resolve("lock").toFile(), "rw").getChannel();
          FileLock lock = channel.lock()) {
        byte[] pins = pins();
        if (!Files.exists(done) || !Arrays.equals(Files.readAllBytes(done), pins)) {
          install(home, pins);
          Files.write(done, pins);
        }
        Objects.requireNonNull(lock);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return home.resolve("venv/bin");
  }

  /** The folder of the emulators; the build names it, and elsewhere it is below the module. */
  static Path home() {
    return Path.of(System.getProperty("lake.emulators", "target/emulators")).toAbsolutePath();
  }

  private static byte[] pins() throws IOException {
    try (InputStream in = PythonTools.class.getResourceAsStream(PINS)) {
      return Objects.requireNonNull(in, PINS).readAllBytes();
    }
  }

  private static void install(Path home, byte[] pins) throws IOException {
    Path list = Files.write(home.resolve(PINS), pins);
    Path venv = home.resolve("venv");
    Path log = home.resolve("install.log");
    run(log, "python3", "-m", "venv", "--clear", venv.toString());
    List<String> pip = new ArrayList<>(List.of(venv.resolve("bin/pip").toString(), "install"));
    pip.addAll(List.of("--quiet", "--disable-pip-version-check", "--no-deps"));
    pip.addAll(List.of("--requirement", list.toString()));
    run(log, pip.toArray(String[]::new));
  }

  private static void run(Path log, String... command) throws IOException {
    try {
      int exit =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log.toFile()))
              .start()
              .waitFor();
      if (exit != 0) {
        throw missing("'" + String.join(" ", command) + "' ended with " + exit + ", see " + log);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (IOException notThere) {
      throw missing(command[0] + " cannot be run: " + notThere.getMessage());
    }
  }

  private static RuntimeException missing(String reason) {
    String message = "The emulators of AWS cannot be installed, since " + reason;
    if ("true".equals(System.getenv("CI"))) {
      return new IllegalStateException(message);
    }
    System.out.println("SKIPPED tests on AWS: " + message);
    return new TestAbortedException(message);
  }

  /** The end of a log, for messages. */
  static String end(Path log) {
    try {
      List<String> lines = Files.readAllLines(log, UTF_8);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    } catch (IOException e) {
      return log + " cannot be read";
    }
  }
}
