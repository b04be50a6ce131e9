package io.lakesdk.catalog.parquet;

/**
 * A file is no sound Parquet file. The message says why, of the file as "it"; it names columns, row
 * groups and places in the file, never what is in them.
 */
public final class ParquetDamage extends Exception {

  private static final long serialVersionUID = 1L;

  ParquetDamage(String reason) {
    super(reason, null, false, false);
  }

  /** The reason, to which a remedy may be added. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
