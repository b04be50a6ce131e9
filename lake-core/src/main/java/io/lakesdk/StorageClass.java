package io.lakesdk;

/**
 * Where S3 keeps objects that are rarely read, in the order in which they can move: each class only
 * to later ones. Source: "Transitioning objects using Amazon S3 Lifecycle" of the Amazon S3 user
 * guide.
 */
public enum StorageClass {
  /** Cheaper to keep and dearer to read; 30 days at least. */
  STANDARD_IA,
  /** Moves each object by its use, at a fee for each object. */
  INTELLIGENT_TIERING,
  /** As {@link #STANDARD_IA}, in one availability zone only; 30 days at least. */
  ONEZONE_IA,
  /** Archived, and read at once; 90 days at least are paid. */
  GLACIER_IR,
  /** Archived: no query reads it before it was restored, which takes minutes to hours. */
  GLACIER,
  /** Archived: no query reads it before it was restored, which takes hours. */
  DEEP_ARCHIVE
}
