package io.lakesdk.query.statement.hive;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Write;
import io.lakesdk.query.folder.FolderFiles;
import io.lakesdk.query.statement.table.LoadCommit;
import io.lakesdk.storage.ObjectRef;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes objects that others wrote part of a table, as one load. Their rows are not counted. */
final class Adoption {

  private final Lake lake;
  private final Dataset table;

  Adoption(Lake lake, Dataset table) {
    this.lake = lake;
    this.table = table;
  }

  /**
   * Publishes the objects.
   *
   * @param first is part of the transaction that does
   * @throws ConflictException if others made them part of the table meanwhile, or removed them
   */
  void publish(Write write, List<FolderFiles.Member> objects, Runnable first) {
    try (Draft draft = Publishing.of(lake).begin(table, write, LoadId.unique())) {
      Set<ObjectRef> added =
          objects.stream()
              .map(one -> draft.include(one.object(), one.partition(), OptionalLong.empty()))
              .map(DataFile::object)
              .collect(Collectors.toSet());
      new LoadCommit(lake, table)
          .publish(
              draft,
              () -> {
                first.run();
                if (write == Write.APPEND) {
                  requireNew(added);
                }
              });
    }
  }

  private void requireNew(Set<ObjectRef> added) {
    boolean there =
        Publishing.of(lake).snapshot(table).files(PartitionFilter.any()).stream()
            .anyMatch(file -> added.contains(file.object()));
    if (there) {
      throw new ConflictException(
          "add files to",
          Subject.dataset(table.id()),
          "others added some of them meanwhile; nothing was added, run it again");
    }
  }
}
