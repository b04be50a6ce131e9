package io.lakesdk.access;

import java.util.Locale;

/** What a principal may want to do. */
public enum Action {
  /** See rows of a dataset through a query or a pipeline. */
  SELECT,
  /** Read the objects of a zone, and with them every dataset in it. */
  READ,
  /** Write and delete objects of a zone; register, publish, roll back and drop its datasets. */
  WRITE,
  /** Run statements in a workgroup of queries. */
  USE,
  /** Change what others may do, and read what they did. */
  ADMINISTER;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
