package io.lakesdk.security.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.Lists;
import io.lakesdk.AwsBackend;
import io.lakesdk.concurrent.Parallel;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.security.AuditEntry;
import io.lakesdk.security.AuditSearch;
import io.lakesdk.security.decision.AuditKeeper;
import io.lakesdk.storage.ListOptions;
import io.lakesdk.storage.ListPage;
import io.lakesdk.storage.ObjectContent;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.ReadOptions;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The audit as objects of lines of JSON, {@link AuditKey named} by day and time, each with what was
 * written together, so that a search reads no others than it must. The notes of the latest changes
 * of grants, which are with the grants, belong to it too.
 */
final class AuditObjects implements AuditKeeper {

  private static final int CHUNK = 64;

  private final ObjectStore store;
  private final Supplier<List<Numbered>> notes;

  /**
   * @param notes those of changes of grants that are with the grants
   */
  AuditObjects(ObjectStore store, Supplier<List<Numbered>> notes) {
    this.store = store;
    this.notes = notes;
  }

  @Override
  public void insert(Collection<Numbered> entries) {
    entries.stream()
        .collect(Collectors.groupingBy(AuditKey::day))
        .values()
        .forEach(
            ofDay ->
                store.put(
                    AuditKey.of(ofDay).toString(),
                    lines(ofDay),
                    PutOptions.defaults().contentType("application/x-ndjson")));
  }

  private static byte[] lines(List<Numbered> entries) {
    return entries.stream()
        .map(entry -> Json.text(Json.of(entry)) + "\n")
        .collect(Collectors.joining())
        .getBytes(UTF_8);
  }

  /** A write of an object is no part of a transaction. */
  @Override
  public boolean mustWait() {
    return false;
  }

  @Override
  public List<AuditEntry> list(AuditSearch.Wanted wanted) {
    AuditFound found = new AuditFound(wanted);
    // Before the objects: a note is in one of them before it is no longer with the grants.
    notes.get().forEach(found::add);
    for (LocalDate day : days(wanted)) {
      if (found.isFullOf(AuditKey.end(day))) {
        break;
      }
      read(keys(day, wanted), found);
    }
    return found.entries();
  }

  /** The newest first. */
  private List<LocalDate> days(AuditSearch.Wanted wanted) {
    Optional<ListOptions> next = Optional.of(ListOptions.prefix(AuditKey.FOLDER).delimiter("/"));
    List<LocalDate> days = new ArrayList<>();
    while (next.isPresent()) {
      ListPage page = store.list(next.get());
      page.prefixes().stream().flatMap(prefix -> AuditKey.day(prefix).stream()).forEach(days::add);
      next = page.next();
    }
    days.removeIf(
        day ->
            wanted.since().filter(since -> !AuditKey.end(day).isAfter(since)).isPresent()
                || wanted
                    .until()
                    .filter(until -> !AuditKey.start(day).isBefore(until))
                    .isPresent());
    days.sort(Comparator.reverseOrder());
    return days;
  }

  /** Those that may hold what is wanted, by their last entries, the newest first. */
  private List<AuditKey> keys(LocalDate day, AuditSearch.Wanted wanted) {
    Instant since = wanted.since().orElse(Instant.MIN);
    Instant until = wanted.until().orElse(Instant.MAX);
    return store
        .all(AuditKey.folder(day))
        .flatMap(object -> AuditKey.parse(object.key()).stream())
        .filter(key -> !key.last().isBefore(since) && key.first().isBefore(until))
        .sorted(Comparator.comparing(AuditKey::last).reversed())
        .toList();
  }

  private void read(List<AuditKey> keys, AuditFound found) {
    for (List<AuditKey> chunk : Lists.partition(keys, CHUNK)) {
      if (found.isFullOf(chunk.get(0).last().plusNanos(1))) {
        return;
      }
      Parallel.calls(chunk, this::read).forEach(entries -> entries.forEach(found::add));
    }
  }

  private List<Numbered> read(AuditKey key) {
    Subject where = Subject.object(AwsBackend.METADATA, key.toString());
    try (ObjectContent content = store.get(key.toString(), ReadOptions.current())) {
      String text = new String(content.readAllBytes(), UTF_8);
      return Stream.of(text.split("\n"))
          .map(line -> Json.parse(line, where, Json::numbered))
          .toList();
    } catch (NotFoundException expired) {
      return List.of();
    } catch (IOException e) {
      throw new UnavailableException("read", where, "the connection was lost", e);
    }
  }
}
