package io.lakesdk.testing;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A main class of the test's class path that runs in a JVM of its own, with its own folder for
 * temporary files. What it prints, errors included, arrives line by line. Closing it ends it at
 * once, as a crash would, and removes its temporary files.
 */
public final class ChildJvm implements AutoCloseable {

  private static final int HEAP_IN_MEGABYTES = 256;

  private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

  private final Process process;
  private final Path temporaryFiles;
  private final Thread reader;
  private final BlockingQueue<String> unread = new LinkedBlockingQueue<>();
  private final List<String> printed = new ArrayList<>();

  private ChildJvm(Process process, Path temporaryFiles) {
    this.process = process;
    this.temporaryFiles = temporaryFiles;
    this.reader = new Thread(this::read, "output of process " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts {@code main}, on the class path of this test, with these arguments. */
  public static ChildJvm start(Class<?> main, String... arguments) {
    return start(List.of("-Xmx" + HEAP_IN_MEGABYTES + "m", QUICK_START), main, arguments);
  }

  /**
   * {@link #start} with so many megabytes of heap, and compiled as well as can be: for long work.
   */
  public static ChildJvm startWithHeap(int megabytes, Class<?> main, String... arguments) {
    return start(List.of("-Xmx" + megabytes + "m"), main, arguments);
  }

  /**
   * {@link #startWithHeap}, whose heap is resident from the start, so that memory of the process
   * that grows is not of the heap.
   */
  public static ChildJvm startWithFixedHeap(int megabytes, Class<?> main, String... arguments) {
    String size = megabytes + "m";
    return start(List.of("-Xms" + size, "-Xmx" + size, "-XX:+AlwaysPreTouch"), main, arguments);
  }

  /** {@link #start} without the jars that have this text in their path. */
  public static ChildJvm startWithout(String jars, Class<?> main, String... arguments) {
    String others =
        Stream.of(classPath().split(File.pathSeparator))
            .filter(entry -> !entry.contains(jars))
            .collect(Collectors.joining(File.pathSeparator));
    return start(List.of(QUICK_START), others, main, arguments);
  }

  private static ChildJvm start(List<String> options, Class<?> main, String... arguments) {
    return start(options, classPath(), main, arguments);
  }

  private static ChildJvm start(
      List<String> options, String classPath, Class<?> main, String... arguments) {
    try {
      Path temporaryFiles = Files.createTempDirectory("child-jvm-");
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(options);
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("-Djava.io.tmpdir=" + temporaryFiles);
      command.add("-cp");
      command.add(classPath);
      command.add(main.getName());
      command.addAll(List.of(arguments));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new ChildJvm(process, temporaryFiles);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String classPath() {
    // Surefire starts the test's JVM with a jar that only refers to the class path.
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (printed) {
          printed.add(line);
        }
        unread.add(line);
      }
    } catch (IOException endedWhileReading) {
      // a killed process prints nothing more
    }
  }

  /** Waits for a line that starts so, skipping others, and returns it. */
  public String awaitLine(String start, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    try {
      while (true) {
        String line = unread.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        if (line == null) {
          throw new AssertionError("no line starts with '" + start + "' in " + lines());
        }
        if (line.startsWith(start)) {
          return line;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + start, e);
    }
  }

  /** What it printed so far; all of it once it has ended. */
  public List<String> lines() {
    synchronized (printed) {
      return List.copyOf(printed);
    }
  }

  /** Ends it at once, as {@code kill -9} does, and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd(Duration.ofSeconds(30));
  }

  /**
   * Waits until it has ended by itself and everything that it printed is here.
   *
   * @return its exit status
   */
  public int awaitEnd(Duration atMost) {
    try {
      if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("still running after " + atMost + ": " + lines());
      }
      reader.join();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for a process", e);
    }
  }

  /** {@link #awaitEnd}, with a failure that shows what was printed if the status is not 0. */
  public void awaitSuccess(Duration atMost) {
    int status = awaitEnd(atMost);
    if (status != 0) {
      throw new AssertionError("ended with status " + status + ": " + lines());
    }
  }

  /** The files that it left in its folder for temporary files. */
  public List<Path> temporaryFiles() {
    try (Stream<Path> all = Files.walk(temporaryFiles)) {
      return all.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
    try {
      MoreFiles.deleteRecursively(temporaryFiles, RecursiveDeleteOption.ALLOW_INSECURE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
