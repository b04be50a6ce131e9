package io.lakesdk.publish;

import static io.lakesdk.publish.Expected.DATASET;

import io.lakesdk.Lake;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.NotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A program that does everything to one dataset, in an order drawn from a seed, and prints what it
 * did when it was done. Several may run on one lake.
 */
final class Worker {

  static final Duration RETENTION = Duration.ofSeconds(5);

  private static final int PARTITIONS = 4;
  private static final int ATTEMPTS = 50;

  private final Lake lake;
  private final Publishing publishing;
  private final String name;
  private final Random random;
  private final Consumer<String> out;
  private int loads;

  Worker(Lake lake, String name, Consumer<String> out) {
    this.lake = lake;
    this.publishing = Publishing.of(lake);
    this.name = name;
    this.random = new Random(name.hashCode());
    this.out = out;
  }

  /** Arguments: the lake's folder, the worker's name, for how many seconds. */
  public static void main(String[] arguments) throws Exception {
    try (Lake lake = Lake.at(Path.of(arguments[0]))) {
      new Worker(lake, arguments[1], System.out::println)
          .workUntil(Instant.now().plusSeconds(Long.parseLong(arguments[2])));
    }
    System.out.println("done");
  }

  void workUntil(Instant end) throws IOException {
    while (Instant.now().isBefore(end)) {
      step();
    }
  }

  private void step() throws IOException {
    int dice = random.nextInt(100);
    if (dice < 40) {
      load(Write.APPEND, nextLoad());
    } else if (dice < 65) {
      load(Write.OVERWRITE_PARTITIONS, nextLoad());
    } else if (dice < 70) {
      load(Write.OVERWRITE, nextLoad());
    } else if (dice < 90) {
      read();
    } else if (dice < 95) {
      rollback();
    } else {
      Publishing.VacuumReport report = publishing.vacuum(DATASET, RETENTION);
      out.accept("vacuum " + report);
    }
  }

  private String nextLoad() {
    return random.nextInt(PARTITIONS) + "-" + name + "-" + loads++;
  }

  private void load(Write write, String load) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try (Draft draft = publishing.begin(DATASET, write, LoadId.of(load))) {
        for (int i = 0; i < Expected.FILES; i++) {
          Path file = draft.newFile();
          Files.writeString(file, Expected.text(load, i));
          draft.add(file, Expected.partition(load), 1);
        }
        Publication receipt = publishing.publish(draft);
        out.accept("receipt " + load + " " + receipt.version() + " " + receipt.outcome());
        return;
      } catch (ConflictException e) {
        out.accept("conflict " + load);
      }
    }
    out.accept("gave up " + load);
  }

  private void read() {
    Instant start = Instant.now();
    try {
      Snapshot snapshot = publishing.snapshot(DATASET);
      out.accept(
          "seen " + snapshot.version() + " " + String.join(",", Expected.read(lake, snapshot)));
    } catch (NotFoundException e) {
      if (Duration.between(start, Instant.now()).compareTo(RETENTION) < 0) {
        throw e;
      }
      out.accept("read for longer than the retention");
    }
  }

  private void rollback() {
    List<Version> history = publishing.history(DATASET);
    if (!history.isEmpty()) {
      Version target = history.get(random.nextInt(Math.min(5, history.size())));
      try {
        Version version = publishing.rollback(DATASET, target.number());
        out.accept("rollback " + target.number() + " " + version.number());
      } catch (NotFoundException e) {
        out.accept("rollback to a vacuumed version");
      }
    }
  }
}
