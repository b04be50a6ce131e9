package io.lakesdk.publish;

/** What a load does to the rows that are there. */
public enum Write {
  /** Adds rows. Never conflicts with another load. */
  APPEND,
  /**
   * Replaces all rows. Conflicts with every other change since the load began, so that nothing is
   * replaced that it had not seen.
   */
  OVERWRITE,
  /**
   * Replaces the rows of exactly those partitions that the load has rows for. Conflicts with every
   * other change of one of them since the load began.
   */
  OVERWRITE_PARTITIONS;

  public static Write append() {
    return APPEND;
  }

  public static Write overwrite() {
    return OVERWRITE;
  }

  public static Write overwritePartitions() {
    return OVERWRITE_PARTITIONS;
  }
}
