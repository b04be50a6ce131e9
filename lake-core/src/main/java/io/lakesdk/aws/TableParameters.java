package io.lakesdk.aws;

/** Parameters of Glue tables that more than one layer of a lake reads. */
public final class TableParameters {

  /** The folder of the dataset's files; a table that has none was not made by a lake. */
  public static final String FOLDER = "lake.folder";

  /** The number of the definition that the catalog gave the table. */
  public static final String DEFINITION = "lake.definition";

  private TableParameters() {}
}
