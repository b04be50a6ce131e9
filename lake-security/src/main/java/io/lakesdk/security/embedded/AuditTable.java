package io.lakesdk.security.embedded;

import io.lakesdk.DatasetId;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.Action;
import io.lakesdk.error.Subject;
import io.lakesdk.metadata.MetadataStore;
import io.lakesdk.metadata.Row;
import io.lakesdk.metadata.Tx;
import io.lakesdk.security.AuditEntry;
import io.lakesdk.security.AuditSearch;
import io.lakesdk.security.decision.AuditKeeper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The audit in the metadata. */
final class AuditTable implements AuditKeeper {

  private static final Instant FIRST = Instant.parse("1700-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

  private final MetadataStore metadata;

  AuditTable(MetadataStore metadata) {
    this.metadata = metadata;
  }

  @Override
  public void insert(Collection<Numbered> entries) {
    metadata.write(
        tx -> {
          insert(tx, entries);
          return entries.size();
        });
  }

  /** Inside a transaction nothing can be written that is to remain when it fails. */
  @Override
  public boolean mustWait() {
    return metadata.inTransaction();
  }

  /** An entry that is there already is left alone: an earlier attempt may have written it. */
  void insert(Tx tx, Collection<Numbered> entries) {
    tx.batch(
        "INSERT INTO security_audit(at, writer, sequence, principal, action, kind, resource,"
            + " dataset, zone, columns, allowed, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT DO NOTHING",
        entries.stream().map(AuditTable::values).toList());
  }

  private static @Nullable Object[] values(Numbered numbered) {
    AuditEntry entry = numbered.entry();
    return new @Nullable Object[] {
      entry.at(),
      numbered.writer(),
      numbered.sequence(),
      entry.principal().toString(),
      entry.action().toString(),
      entry.resource().kind().name(),
      entry.resource().name(),
      numbered.dataset().map(DatasetId::toString),
      entry.zone().map(Zone::name),
      entry.columns().stream().sorted().collect(Collectors.joining(",")),
      entry.allowed(),
      entry.reason()
    };
  }

  @Override
  public List<AuditEntry> list(AuditSearch.Wanted wanted) {
    Conditions conditions = new Conditions();
    wanted.since().ifPresent(time -> conditions.add("at >= ?", within(time)));
    wanted.until().ifPresent(time -> conditions.add("at < ?", within(time)));
    wanted.principal().ifPresent(who -> conditions.add("principal = ?", who.toString()));
    wanted.action().ifPresent(action -> conditions.add("action = ?", action.toString()));
    wanted.dataset().ifPresent(dataset -> conditions.add("dataset = ?", dataset.toString()));
    wanted.zone().ifPresent(zone -> conditions.add("zone = ?", zone.name()));
    wanted.allowed().ifPresent(allowed -> conditions.add("allowed = ?", allowed));
    wanted.name().ifPresent(name -> conditions.add("resource LIKE ? ESCAPE '!'", containing(name)));
    return metadata.read(
        tx ->
            tx.list(
                "SELECT at, principal, action, kind, resource, zone, columns, allowed, reason FROM"
                    + " security_audit"
                    + conditions.where()
                    + " ORDER BY at DESC, writer DESC, sequence DESC LIMIT "
                    + wanted.limit(),
                AuditTable::entry,
                conditions.parameters.toArray()));
  }

  private static final class Conditions {
    private final List<String> all = new ArrayList<>();
    private final List<@Nullable Object> parameters = new ArrayList<>();

    void add(String condition, Object parameter) {
      all.add(condition);
      parameters.add(parameter);
    }

    String where() {
      return all.isEmpty() ? "" : " WHERE " + String.join(" AND ", all);
    }
  }

  private static String containing(String text) {
    return "%" + text.replaceAll("[!%_]", "!$0") + "%";
  }

  /** The nearest time of those between which entries lie, which the metadata can tell. */
  private static Instant within(Instant time) {
    if (time.isBefore(FIRST)) {
      return FIRST;
    }
    return time.isAfter(LAST) ? LAST : time;
  }

  private static AuditEntry entry(Row row) {
    String columns = row.text("columns");
    return new AuditEntry(
        row.instant("at"),
        Principal.parse(row.text("principal")),
        Action.valueOf(row.text("action").toUpperCase(Locale.ROOT)),
        Subject.of(Subject.Kind.valueOf(row.text("kind")), row.text("resource")),
        row.optionalText("zone").map(Zone::named),
        columns.isEmpty() ? Set.of() : Set.of(columns.split(",")),
        row.flag("allowed"),
        row.text("reason"));
  }
}
