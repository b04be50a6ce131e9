package io.lakesdk.security.aws;

import io.lakesdk.security.AuditEntry;
import io.lakesdk.security.AuditSearch.Wanted;
import io.lakesdk.security.decision.AuditKeeper.Numbered;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * What a search has found so far: the newest entries that are wanted, each once however often it
 * was written.
 */
final class AuditFound {

  private static final Comparator<Numbered> NEWEST_FIRST =
      Comparator.comparing((Numbered numbered) -> numbered.entry().at())
          .thenComparing(Numbered::writer)
          .thenComparing(Numbered::sequence)
          .reversed();

  private final Wanted wanted;
  private final TreeSet<Numbered> found = new TreeSet<>(NEWEST_FIRST);

  AuditFound(Wanted wanted) {
    this.wanted = wanted;
  }

  void add(Numbered numbered) {
    if (isWanted(numbered)) {
      found.add(numbered);
      if (found.size() > wanted.limit()) {
        found.pollLast();
      }
    }
  }

  /** Whether nothing that happened before this time is wanted any more. */
  boolean isFullOf(Instant time) {
    return found.size() == wanted.limit() && !found.last().entry().at().isBefore(time);
  }

  List<AuditEntry> entries() {
    return found.stream().map(Numbered::entry).toList();
  }

  private boolean isWanted(Numbered numbered) {
    AuditEntry entry = numbered.entry();
    return wanted.since().filter(entry.at()::isBefore).isEmpty()
        && wanted.until().filter(until -> !entry.at().isBefore(until)).isEmpty()
        && wanted.principal().filter(who -> !who.equals(entry.principal())).isEmpty()
        && wanted.action().filter(action -> action != entry.action()).isEmpty()
        && (wanted.dataset().isEmpty() || wanted.dataset().equals(numbered.dataset()))
        && (wanted.zone().isEmpty() || wanted.zone().equals(entry.zone()))
        && wanted.allowed().filter(allowed -> allowed != entry.allowed()).isEmpty()
        && wanted.name().filter(name -> !contains(entry.resource().name(), name)).isEmpty();
  }

  private static boolean contains(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }
}
