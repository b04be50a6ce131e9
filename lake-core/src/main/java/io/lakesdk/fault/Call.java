package io.lakesdk.fault;

/** The calls that leave the SDK for storage or metadata; each passes the {@link Seam}. */
public enum Call {
  PUT_OBJECT,
  GET_OBJECT,
  HEAD_OBJECT,
  LIST_OBJECTS,
  COPY_OBJECT,
  DELETE_OBJECT,
  /** Starts an upload of unknown length. */
  OPEN_UPLOAD,
  /** One part of an upload. */
  UPLOAD_PART,
  /** Makes an upload visible. */
  COMPLETE_UPLOAD,
  /** Discards an upload. */
  ABORT_UPLOAD,
  /** Hands objects to an engine as local files. */
  LEASE_FILES,
  /** Makes a file that an engine wrote an object. */
  ADOPT_FILE,
  /** Looks at who is asking, at a KMS key, or at what a bucket is like. */
  READ_ACCOUNT,
  /** Makes a bucket, or changes one of its settings. */
  CHANGE_BUCKET,
  READ_METADATA,
  /** One transaction that changes metadata. */
  WRITE_METADATA,
  /** Starts a statement in a query service. */
  START_STATEMENT,
  /** Asks how far a statement is. */
  FOLLOW_STATEMENT,
  /** Some rows of a statement's answer. */
  FETCH_ROWS,
  STOP_STATEMENT,
  /** Looks at which tables a federated source has, or what one is like. */
  FIND_SOURCE_TABLES,
  /** Begins to read a table of a federated source. */
  SCAN_SOURCE,
  /** The next thousand rows of it. */
  FETCH_SOURCE_ROWS,
  /** Looks at a workgroup of queries, or at its history. */
  READ_WORKGROUP,
  /** Makes, changes or removes a workgroup of queries. */
  CHANGE_WORKGROUP
}
