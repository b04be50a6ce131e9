package io.lakesdk.ingest;

import io.lakesdk.DatasetId;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Write;
import io.lakesdk.storage.ObjectRef;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What came of a load.
 *
 * @param dataset where it went
 * @param source what it was loaded from, for people
 * @param write what it did to what was there
 * @param outcome whether anything changed
 * @param load its name; empty if there was nothing to load
 * @param version the dataset's version that has it; 0 if nothing was ever loaded
 * @param landed the objects that this load added, in the order of their names
 * @param rows how many rows it added; empty for files, whose rows are not counted
 * @param present the names of the source's files that were there already
 * @param rejected the files of the source that were not landed, and why
 */
public record Receipt(
    DatasetId dataset,
    String source,
    Write write,
    Outcome outcome,
    Optional<LoadId> load,
    long version,
    List<Landed> landed,
    OptionalLong rows,
    List<String> present,
    List<Rejected> rejected) {

  /** What a load did. */
  public enum Outcome {
    /** What the source has is visible now. */
    PUBLISHED,
    /** All of it was there already; nothing was changed. */
    REPEATED,
    /** The source has nothing that could be loaded; nothing was changed. */
    NOTHING
  }

  /**
   * An object that a load added.
   *
   * @param name the file's path below the source's folder, with slashes; for records the name of
   *     the object
   * @param object where its bytes are
   * @param bytes its size
   * @param sha256 of its content, lower-case hexadecimal
   * @param crc32c of its content
   */
  public record Landed(String name, ObjectRef object, long bytes, String sha256, int crc32c) {}

  /**
   * A file that was not landed.
   *
   * @param name its path below the source's folder, with slashes
   * @param reason why not, as the end of a sentence
   */
  public record Rejected(String name, String reason) {}

  public Receipt {
    landed = List.copyOf(landed);
    present = List.copyOf(present);
    rejected = List.copyOf(rejected);
  }

  /** The size of what landed. */
  public long bytes() {
    return landed.stream().mapToLong(Landed::bytes).sum();
  }

  /** The receipt in lines for people. */
  public String describe() {
    return ReceiptText.of(this);
  }
}
