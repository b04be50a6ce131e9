package io.lakesdk.security.embedded;

import io.lakesdk.DatasetId;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.Action;
import io.lakesdk.metadata.MetadataStore;
import io.lakesdk.metadata.Row;
import io.lakesdk.metadata.Tx;
import io.lakesdk.security.Grant;
import io.lakesdk.security.decision.AuditKeeper.Numbered;
import io.lakesdk.security.decision.GrantKeeper;
import io.lakesdk.security.decision.Grants;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The grants in the metadata, and those of them that were read last. */
final class GrantTable implements GrantKeeper {

  private static final String SAME =
      " WHERE principal = ? AND action = ? AND resource = ? AND columns = ? AND row_filter = ?";

  private final MetadataStore metadata;
  private final AuditTable audit;
  private final Clock clock;
  private final SecureRandom marks = new SecureRandom();
  private volatile Read last = new Read(0, Grants.of(List.of()));

  GrantTable(MetadataStore metadata, AuditTable audit, Clock clock) {
    this.metadata = metadata;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * The grants that were read last.
   *
   * @param mark changes with every change of the grants
   */
  private record Read(long mark, Grants grants) {}

  @Override
  public Grants current() {
    return metadata.read(
        tx -> {
          long mark = mark(tx);
          Read known = last;
          if (known.mark() == mark) {
            return known.grants();
          }
          Read read = new Read(mark, Grants.of(list(tx)));
          last = read;
          return read.grants();
        });
  }

  private static long mark(Tx tx) {
    return tx.first("SELECT grants FROM security_state", row -> row.number("grants")).orElse(0L);
  }

  @Override
  public void add(Grant grant, Function<String, Numbered> note) {
    metadata.write(
        tx -> {
          boolean added = add(tx, grant);
          audit.insert(tx, List.of(note.apply(added ? "granted" : "had been granted before")));
          return added;
        });
  }

  private boolean add(Tx tx, Grant grant) {
    List<@Nullable Object> values = key(grant);
    values.add(clock.instant());
    int added =
        tx.update(
            "INSERT INTO security_grant(principal, action, resource, columns, row_filter,"
                + " granted_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            values.toArray());
    return changed(tx, added);
  }

  @Override
  public boolean remove(Grant grant, Function<String, Numbered> note) {
    return metadata.write(
        tx -> {
          boolean removed =
              changed(tx, tx.update("DELETE FROM security_grant" + SAME, key(grant).toArray()));
          if (removed) {
            audit.insert(tx, List.of(note.apply("revoked")));
          }
          return removed;
        });
  }

  /**
   * The mark is drawn and not counted, so that one which was read inside a transaction that then
   * failed never comes again for other grants.
   */
  private boolean changed(Tx tx, int rows) {
    if (rows > 0) {
      tx.update("UPDATE security_state SET grants = ?", marks.nextLong());
    }
    return rows > 0;
  }

  private static List<Grant> list(Tx tx) {
    return tx.list(
        "SELECT principal, action, resource, columns, row_filter FROM security_grant ORDER BY id",
        GrantTable::grant);
  }

  private static Grant grant(Row row) {
    Principal principal = Principal.parse(row.text("principal"));
    Action action = Action.valueOf(row.text("action").toUpperCase(Locale.ROOT));
    if (action == Action.USE) {
      return new Grant.OnWorkgroup(row.text("resource"), principal);
    }
    if (action != Action.SELECT) {
      return new Grant.OnZone(action, Zone.named(row.text("resource")), principal);
    }
    return new Grant.Select(
        DatasetId.parse(row.text("resource")),
        present(row.text("columns")).map(GrantTable::split),
        present(row.text("row_filter")),
        principal);
  }

  private static Optional<String> present(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static Set<String> split(String columns) {
    return Set.of(columns.split(","));
  }

  /** The values that tell one grant from another, in the order of the table's unique key. */
  private static List<@Nullable Object> key(Grant grant) {
    List<@Nullable Object> key = new ArrayList<>();
    key.add(grant.principal().toString());
    if (grant instanceof Grant.Select select) {
      key.add(Action.SELECT.toString());
      key.add(select.dataset().toString());
      key.add(select.columns().map(names -> String.join(",", names)).orElse(""));
      key.add(select.rows().orElse(""));
    } else if (grant instanceof Grant.OnZone onZone) {
      key.add(onZone.action().toString());
      key.add(onZone.zone().name());
      key.add("");
      key.add("");
    } else if (grant instanceof Grant.OnWorkgroup onWorkgroup) {
      key.add(Action.USE.toString());
      key.add(onWorkgroup.workgroup());
      key.add("");
      key.add("");
    }
    return key;
  }
}
