package io.lakesdk.catalog;

import io.lakesdk.error.Subject;

/**
 * Something that a crawl noticed.
 *
 * @param kind whether it stands in the way of applying the preview
 * @param subject the object or folder
 * @param text what about it, and what to do; never a data value
 */
public record Finding(Kind kind, Subject subject, String text) {

  /** How much a finding matters. */
  public enum Kind {
    /** Worth knowing; the tables are as they should be. */
    NOTE,
    /** Files that cannot be a table as they are; nothing of their folder is in the preview. */
    PROBLEM
  }

  public static Finding note(Subject subject, String text) {
    return new Finding(Kind.NOTE, subject, text);
  }

  public static Finding problem(Subject subject, String text) {
    return new Finding(Kind.PROBLEM, subject, text);
  }

  @Override
  public String toString() {
    return subject.name() + ": " + text;
  }
}
