package io.lakesdk.catalog.definition;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.catalog.CrawledFile;
import io.lakesdk.catalog.CrawledTable;
import io.lakesdk.catalog.crawl.KnownDataset;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.Publication;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Write;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectRef;
import io.lakesdk.storage.ReadOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The load that makes a crawled table's files its content. Files that the dataset has are not added
 * again. Where a key of the dataset has a new object its partition is replaced by the files that
 * were looked at; otherwise files are appended. The load is named after the files, so that applying
 * a preview twice publishes once.
 */
final class TableLoad implements AutoCloseable {

  private final CrawledTable table;
  private final Publishing publishing;
  private final Optional<Draft> draft;
  private final List<CrawledFile> written;

  private TableLoad(
      CrawledTable table, Publishing publishing, Optional<Draft> draft, List<CrawledFile> written) {
    this.table = table;
    this.publishing = publishing;
    this.draft = draft;
    this.written = written;
  }

  CrawledTable table() {
    return table;
  }

  /**
   * @throws ConflictException if a file to be added is not the one that was looked at
   */
  static TableLoad begin(Lake lake, CrawledTable table) {
    Publishing publishing = Publishing.of(lake);
    List<DataFile> current = KnownDataset.of(table.dataset(), publishing).files();
    Set<ObjectRef> published = current.stream().map(DataFile::object).collect(Collectors.toSet());
    Map<String, Partition> keys = new HashMap<>();
    current.forEach(file -> keys.put(file.object().key(), file.partition()));
    List<CrawledFile> added = new ArrayList<>();
    Set<Partition> replaced = new HashSet<>();
    for (CrawledFile file : table.files()) {
      if (!published.contains(file.object())) {
        added.add(file);
        Optional.ofNullable(keys.get(file.object().key())).ifPresent(replaced::add);
      }
    }
    if (added.isEmpty()) {
      return new TableLoad(table, publishing, Optional.empty(), List.of());
    }
    Write write = replaced.isEmpty() ? Write.APPEND : Write.OVERWRITE_PARTITIONS;
    List<CrawledFile> written =
        replaced.isEmpty() ? added : touched(table.files(), added, replaced);
    Draft draft = publishing.begin(table.dataset(), write, name(written));
    try {
      include(lake, table.dataset(), draft, written);
      return new TableLoad(table, publishing, Optional.of(draft), written);
    } catch (RuntimeException e) {
      draft.close();
      throw e;
    }
  }

  /**
   * Overwriting replaces whole partitions, so all files of each one that is touched are written.
   */
  private static List<CrawledFile> touched(
      List<CrawledFile> files, List<CrawledFile> added, Set<Partition> replaced) {
    Set<Partition> touched = new HashSet<>(replaced);
    added.forEach(file -> touched.add(file.partition()));
    return files.stream().filter(file -> touched.contains(file.partition())).toList();
  }

  private static LoadId name(List<CrawledFile> files) {
    List<String> parts = new ArrayList<>();
    for (CrawledFile file : files) {
      parts.add(file.object().key());
      parts.add(file.object().version());
    }
    return LoadId.of("crawl-" + LoadId.ofContent(parts));
  }

  private static void include(Lake lake, Dataset dataset, Draft draft, List<CrawledFile> files) {
    for (CrawledFile file : files) {
      draft.include(current(lake, dataset, file.object()), file.partition(), file.rows());
    }
  }

  private static ObjectInfo current(Lake lake, Dataset dataset, ObjectRef object) {
    Subject subject = Subject.object(object.zone(), object.key());
    try {
      ObjectInfo info = lake.store(dataset.zone()).head(object.key(), ReadOptions.current());
      if (info.version().equals(object.version())) {
        return info;
      }
    } catch (NotFoundException gone) {
      throw new ConflictException(
          "apply the crawl to", subject, "it was removed since the preview; preview again", gone);
    }
    throw new ConflictException(
        "apply the crawl to", subject, "it was changed since the preview; preview again");
  }

  /**
   * Publishes the files, if there are any to add; inside the transaction that decides.
   *
   * @throws ConflictException if another crawl has added some of them meanwhile
   */
  Optional<Publication> publish() {
    return draft.filter(this::isToAdd).map(publishing::publish);
  }

  private boolean isToAdd(Draft load) {
    List<DataFile> now = KnownDataset.of(table.dataset(), publishing).files();
    Set<ObjectRef> current = now.stream().map(DataFile::object).collect(Collectors.toSet());
    long there = written.stream().filter(file -> current.contains(file.object())).count();
    if (there == 0 || load.write() == Write.OVERWRITE_PARTITIONS) {
      return there < written.size();
    }
    if (there < written.size()) {
      throw new ConflictException(
          "apply the crawl to",
          Subject.dataset(table.dataset().id()),
          "another crawl has added some of the files since the preview; preview again");
    }
    return false;
  }

  @Override
  public void close() {
    draft.ifPresent(Draft::close);
  }
}
