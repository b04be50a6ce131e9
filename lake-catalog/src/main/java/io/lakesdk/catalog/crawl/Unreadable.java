package io.lakesdk.catalog.crawl;

import io.lakesdk.catalog.Finding;
import io.lakesdk.error.Subject;

/** Files that cannot be a table as they are. Ends the survey of their folder with a finding. */
final class Unreadable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Finding finding;

  Unreadable(Subject subject, String reason) {
    super(subject + ": " + reason, null, false, false);
    this.finding = Finding.problem(subject, reason);
  }

  Finding finding() {
    return finding;
  }
}
