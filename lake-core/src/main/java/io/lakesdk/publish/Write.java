package io.lakesdk.publish;

/** What a load does to the rows that are there. */
public enum Write {
  /** Adds rows. Never conflicts with another load. */
  APPEND,
  /**
   * Replaces all rows; a load without files leaves none. Conflicts with every other change since
   * the load began, so that nothing is replaced that it had not seen.
   */
  OVERWRITE,
  /**
   * Replaces the rows of exactly those partitions that the load has files for, or {@linkplain
   * Draft#replace says}; a load without any changes no rows and is noted. Conflicts with every
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
