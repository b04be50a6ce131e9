package io.lakesdk.query.statement.table;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.OutcomeUnknownException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Publication;
import io.lakesdk.publish.Publishing;
import java.util.Optional;

/**
 * Publishes one load of a table. Where the answer of the transaction is lost, the load's name tells
 * whether it happened.
 */
public final class LoadCommit {

  private static final int ATTEMPTS = 3;

  private final Lake lake;
  private final Publishing publishing;
  private final Dataset table;

  public LoadCommit(Lake lake, Dataset table) {
    this.lake = lake;
    this.publishing = Publishing.of(lake);
    this.table = table;
  }

  /**
   * Makes the files of a draft visible.
   *
   * @param first is part of the transaction that does
   * @throws OutcomeUnknownException if it cannot be learnt whether it happened
   */
  public void publish(Draft draft, Runnable first) {
    try {
      commit(draft, first);
    } catch (OutcomeUnknownException unknown) {
      settle(draft, first, unknown);
    }
  }

  private Publication commit(Draft draft, Runnable first) {
    return lake.backend()
        .atomically(
            () -> {
              first.run();
              return publishing.publish(draft);
            });
  }

  /** Finds out whether the load was published, and publishes it if it was not. */
  private void settle(Draft draft, Runnable first, OutcomeUnknownException unknown) {
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      try {
        if (published(draft).isEmpty()) {
          commit(draft, first);
        }
        return;
      } catch (OutcomeUnknownException again) {
        unknown.addSuppressed(again);
      } catch (LakeException e) {
        unknown.addSuppressed(e);
        break;
      }
    }
    throw new OutcomeUnknownException(
        "learn whether rows were written to",
        Subject.dataset(table.id()),
        "the answer was lost; its history has load " + draft.load() + " if they were",
        unknown);
  }

  private Optional<Publication> published(Draft draft) {
    LoadId load = draft.load();
    try (Draft again = publishing.begin(table, draft.write(), load)) {
      return again.earlier();
    }
  }
}
