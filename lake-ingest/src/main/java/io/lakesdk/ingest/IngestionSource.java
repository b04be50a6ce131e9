package io.lakesdk.ingest;

import java.nio.file.Path;

/**
 * Where data comes from: a closed choice, each a value of its own with its options. Another sort of
 * source joins as one more record and factory here, and in the implementation of {@link Ingestion}.
 */
public sealed interface IngestionSource permits FileSource, RecordSource {

  /** The files of a folder and below it, or one file; stored byte for byte. */
  static FileSource files(Path path) {
    return new FileSource(path, FilePattern.everything());
  }

  /** Java records of one class, written in the dataset's format. */
  static <T extends Record> RecordSource records(Iterable<T> records) {
    return new RecordSource(records);
  }

  /** What it is, for people: {@code files drop/*.json}. */
  String description();
}
