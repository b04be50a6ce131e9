package io.lakesdk.security.decision;

import io.lakesdk.DatasetId;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.security.AuditEntry;
import io.lakesdk.security.AuditSearch;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Keeps the audit of a lake. Implementations are thread-safe. */
public interface AuditKeeper {

  /**
   * An entry on its way into the audit. Writer and sequence tell it from all others.
   *
   * @param writer the open lake that wrote it
   * @param sequence its place among those of this open lake
   * @param entry what was decided
   * @param dataset which dataset it is about, if any
   */
  record Numbered(long writer, long sequence, AuditEntry entry, Optional<DatasetId> dataset) {}

  /**
   * Keeps entries. An entry that is there already is kept once: an earlier attempt may have written
   * it.
   *
   * @throws UnavailableException if they could not be written, or not all of them; it may be tried
   *     again
   */
  void insert(Collection<Numbered> entries);

  /** The entries that are wanted, the newest first, and of one time those numbered last first. */
  List<AuditEntry> list(AuditSearch.Wanted wanted);

  /** Whether this thread is where nothing can be written now, as inside a transaction. */
  boolean mustWait();
}
