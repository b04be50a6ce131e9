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
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.opentest4j.TestAbortedException;

/**
 * A Python virtual environment in the build folder with the emulators of AWS, in the versions that
 * {@code emulators.txt} pins, and, for the tests that ask for them, readers of lakes, which {@code
 * readers.txt} pins. It is made once a build; where there is no Python, tests that need it are
 * skipped and say so, and fail if the environment variable CI is {@code true}.
 */
final class PythonTools {

  private static final String EMULATORS = "emulators.txt";
  private static final String READERS = "readers.txt";

  private PythonTools() {}

  /** Where the commands of the environment are. */
  static Path commands() {
    return commands(false);
  }

  /** {@link #commands()}, with those of the readers. */
  static Path readers() {
    return commands(true);
  }

  private static Path commands(boolean readers) {
    Path home = home();
    Path venv = home.resolve("venv");
    try {
      Files.createDirectories(home);
      try (FileChannel channel =
              new RandomAccessFile(home.resolve("lock").toFile(), "rw").getChannel();
          FileLock lock = channel.lock()) {
        if (isMissing(venv, EMULATORS)) {
          run(home, "python3", "-m", "venv", "--clear", venv.toString());
          install(home, venv, EMULATORS);
        }
        if (readers && isMissing(venv, READERS)) {
          install(home, venv, READERS);
        }
        Objects.requireNonNull(lock);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return venv.resolve("bin");
  }

  /** The folder of the emulators; the build names it, and elsewhere it is below the module. */
  static Path home() {
    return Path.of(System.getProperty("lake.emulators", "target/emulators")).toAbsolutePath();
  }

  /** Where a script among the resources can be run from. */
  static String script(String name) {
    Path script = home().resolve(ProcessHandle.current().pid() + "-" + name);
    try {
      return Files.write(script, resource(name)).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = PythonTools.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  private static boolean isMissing(Path venv, String name) throws IOException {
    Path done = venv.resolve(name);
    return !Files.exists(done) || !Arrays.equals(Files.readAllBytes(done), resource(name));
  }

  private static void install(Path home, Path venv, String name) throws IOException {
    Path list = Files.write(home.resolve(name), resource(name));
    List<String> pip = new ArrayList<>(List.of(venv.resolve("bin/pip").toString(), "install"));
    pip.addAll(List.of("--quiet", "--disable-pip-version-check", "--no-deps"));
    pip.addAll(List.of("--requirement", list.toString()));
    run(home, pip.toArray(String[]::new));
    Files.copy(list, venv.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private static void run(Path home, String... command) throws IOException {
    Path log = home.resolve("install.log");
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
