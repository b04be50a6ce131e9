package io.lakesdk.query.sql.scope;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The queries that WITH named, by their lower-case names. Immutable. */
public final class NamedQueries {

  /** A named query: its name in the rendered statement and its columns. */
  public record Entry(String sqlName, List<Output> outputs) {}

  private static final NamedQueries NONE = new NamedQueries(Map.of());

  private final Map<String, Entry> entries;

  private NamedQueries(Map<String, Entry> entries) {
    this.entries = Map.copyOf(entries);
  }

  public static NamedQueries none() {
    return NONE;
  }

  public NamedQueries with(String name, Entry entry) {
    Map<String, Entry> more = new HashMap<>(entries);
    more.put(name, entry);
    return new NamedQueries(more);
  }

  public Optional<Entry> find(String name) {
    return Optional.ofNullable(entries.get(name));
  }
}
