package io.lakesdk.publish.aws;

import io.lakesdk.AwsBackend;
import io.lakesdk.DatasetId;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.Subject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an open lake knows of its logs, and the transactions of its threads. */
final class Transactions {

  private static final int MOST = 200;
  private static final int LONGEST_PAUSE_MILLIS = 400;

  private final Map<DatasetId, Log> logs = new ConcurrentHashMap<>();
  private final ThreadLocal<@Nullable Transaction> current = new ThreadLocal<>();
  private final LogObjects objects;

  Transactions(AwsBackend backend) {
    this.objects = new LogObjects(backend);
  }

  LogObjects objects() {
    return objects;
  }

  Log log(DatasetId dataset) {
    return logs.computeIfAbsent(dataset, id -> new Log(id, objects));
  }

  Optional<Transaction> current() {
    return Optional.ofNullable(current.get());
  }

  /** Looks at a dataset as it is now, or as the thread's transaction sees it. */
  <T> T look(DatasetId dataset, Function<State, T> look) {
    Log log = log(dataset);
    Optional<Transaction> transaction = current();
    return transaction.isPresent() ? transaction.get().look(log, look) : log.refresh().look(look);
  }

  /** Does work in the thread's transaction, or in one of its own that is repeated as needed. */
  <T> T inOne(List<DatasetId> changing, Function<Transaction, T> work) {
    Optional<Transaction> outer = current();
    if (outer.isPresent()) {
      return work.apply(outer.get());
    }
    Done<T> done = inTurn(changing, work);
    done.transaction().finish();
    return done.result();
  }

  private record Done<T>(Transaction transaction, T result) {}

  private <T> Done<T> inTurn(List<DatasetId> changing, Function<Transaction, T> work) {
    List<Log> turns = changing.stream().distinct().sorted().map(this::log).toList();
    turns.forEach(log -> log.turn().lock());
    try {
      return attempts(work);
    } finally {
      turns.forEach(log -> log.turn().unlock());
    }
  }

  /** See {@link io.lakesdk.Backend#atomically}. */
  <T> T atomically(Supplier<T> work) {
    return inOne(List.of(), transaction -> work.get());
  }

  private <T> Done<T> attempts(Function<Transaction, T> work) {
    for (int attempt = 1; ; attempt++) {
      Transaction transaction = new Transaction(objects);
      Optional<T> result = attempt(transaction, work);
      if (result.isPresent()) {
        return new Done<>(transaction, result.get());
      }
      if (attempt == MOST) {
        throw new ConflictException(
            "publish",
            Subject.of(Subject.Kind.METADATA, "versions"),
            "others kept changing what it looked at, "
                + MOST
                + " times in a row; let fewer writers change the same datasets at once");
      }
      transaction.settle();
      Log.pause(
          ThreadLocalRandom.current().nextInt(Math.min(LONGEST_PAUSE_MILLIS, 10 * attempt) + 1));
    }
  }

  private <T> Optional<T> attempt(Transaction transaction, Function<Transaction, T> work) {
    current.set(transaction);
    try {
      T result = work.apply(transaction);
      return transaction.commit() ? Optional.of(result) : Optional.empty();
    } catch (Transaction.OvertakenException overtaken) {
      return Optional.empty();
    } finally {
      current.remove();
    }
  }
}
