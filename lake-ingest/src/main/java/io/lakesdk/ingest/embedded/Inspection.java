package io.lakesdk.ingest.embedded;

import io.lakesdk.catalog.parquet.ParquetDamage;
import io.lakesdk.catalog.parquet.ParquetFooter;
import io.lakesdk.catalog.parquet.ParquetPages;
import io.lakesdk.ingest.Receipt.Rejected;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for damage in the Parquet files that a load has to land, once in each, before anything is
 * written. Files that are there already are not looked into.
 */
final class Inspection {

  private final Extensions extensions;
  private final List<Rejected> rejected;
  private final Map<HashedFile, Optional<String>> damage = new HashMap<>();

  /**
   * @param rejected the files that are rejected for other reasons
   */
  Inspection(Extensions extensions, List<Rejected> rejected) {
    this.extensions = extensions;
    this.rejected = new ArrayList<>(rejected);
  }

  /** Whether all files are sound; those that are not are rejected. */
  boolean passes(List<HashedFile> files) {
    return files.stream().filter(file -> !isSound(file)).count() == 0;
  }

  /** Without those of the files that were found to be damaged. */
  List<HashedFile> remaining(List<HashedFile> files) {
    return files.stream()
        .filter(file -> damage.getOrDefault(file, Optional.empty()).isEmpty())
        .toList();
  }

  /** All that is rejected, by name. */
  List<Rejected> rejected() {
    return rejected.stream().sorted(Comparator.comparing(Rejected::name)).toList();
  }

  private boolean isSound(HashedFile file) {
    if (!damage.containsKey(file)) {
      Optional<String> found = damage(file.file());
      found.ifPresent(
          reason ->
              rejected.add(
                  new Rejected(
                      file.file().name(),
                      "is no sound Parquet file: "
                          + reason
                          + "; put an undamaged copy in its place")));
      damage.put(file, found);
    }
    return damage.get(file).isEmpty();
  }

  private Optional<String> damage(SourceFile file) {
    try (OpenFile open = OpenFile.of(file)) {
      if (extensions.isParquet(file.name(), () -> ParquetFooter.begins(open))) {
        ParquetPages.verify(open);
      }
      return Optional.empty();
    } catch (ParquetDamage e) {
      file.requireUnchanged();
      return Optional.of(e.reason());
    }
  }
}
