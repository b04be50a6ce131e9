package io.lakesdk.security.embedded;

import io.lakesdk.DatasetId;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.Action;
import io.lakesdk.metadata.MetadataStore;
import io.lakesdk.metadata.Row;
import io.lakesdk.metadata.Tx;
import io.lakesdk.security.Grant;
import io.lakesdk.security.GrantSearch;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The grants in the metadata, and those of them that were read last. */
final class GrantTable {

  private static final String SAME =
      " WHERE principal = ? AND action = ? AND resource = ? AND columns = ? AND row_filter = ?";

  private final MetadataStore metadata;
  private final SecureRandom marks = new SecureRandom();
  private volatile Grants last = Grants.of(0, List.of());

  GrantTable(MetadataStore metadata) {
    this.metadata = metadata;
  }

  /** The grants as they are now. */
  Grants current() {
    return metadata.read(
        tx -> {
          long mark = mark(tx);
          Grants known = last;
          if (known.mark() == mark) {
            return known;
          }
          Grants read = Grants.of(mark, list(tx, "", List.of()));
          last = read;
          return read;
        });
  }

  private static long mark(Tx tx) {
    return tx.first("SELECT grants FROM security_state", row -> row.number("grants")).orElse(0L);
  }

  /** Whether it was new. */
  boolean add(Tx tx, Grant grant, Instant at) {
    List<@Nullable Object> values = key(grant);
    values.add(at);
    int added =
        tx.update(
            "INSERT INTO security_grant(principal, action, resource, columns, row_filter,"
                + " granted_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            values.toArray());
    return changed(tx, added);
  }

  /** Whether it was there. */
  boolean remove(Tx tx, Grant grant) {
    return changed(tx, tx.update("DELETE FROM security_grant" + SAME, key(grant).toArray()));
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

  List<Grant> list(GrantSearch.Wanted wanted) {
    List<String> conditions = new ArrayList<>();
    List<@Nullable Object> parameters = new ArrayList<>();
    wanted
        .principal()
        .ifPresent(
            principal -> {
              conditions.add("principal = ?");
              parameters.add(principal.toString());
            });
    wanted
        .dataset()
        .ifPresent(
            dataset -> {
              conditions.add("action = 'select' AND resource = ?");
              parameters.add(dataset.toString());
            });
    wanted
        .zone()
        .ifPresent(
            zone -> {
              conditions.add("action <> 'select' AND resource = ?");
              parameters.add(zone.name());
            });
    String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    return metadata.read(tx -> list(tx, where, parameters));
  }

  private static List<Grant> list(Tx tx, String where, List<@Nullable Object> parameters) {
    return tx.list(
        "SELECT principal, action, resource, columns, row_filter FROM security_grant"
            + where
            + " ORDER BY id",
        GrantTable::grant,
        parameters.toArray());
  }

  private static Grant grant(Row row) {
    Principal principal = Principal.parse(row.text("principal"));
    Action action = Action.valueOf(row.text("action").toUpperCase(Locale.ROOT));
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
    }
    return key;
  }
}
