package io.lakesdk.query;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Write;
import io.lakesdk.query.workbench.Workbench;
import io.lakesdk.schema.RecordMapper;
import io.lakesdk.storage.ObjectUpload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Puts content into a lake: files as they are, or records. */
public final class Content {

  private Content() {}

  /** Publishes a file with this content, exactly. */
  public static void land(Lake lake, Dataset dataset, String name, byte[] content) {
    land(lake, dataset, Partition.none(), Map.of(name, content));
  }

  public static void land(Lake lake, Dataset dataset, String name, String content) {
    land(lake, dataset, name, content.getBytes(StandardCharsets.UTF_8));
  }

  public static void land(
      Lake lake, Dataset dataset, Partition partition, Map<String, byte[]> files) {
    Catalog.of(lake).register(dataset);
    Publishing publishing = Publishing.of(lake);
    try (Draft draft = publishing.begin(dataset, Write.append(), LoadId.unique())) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        try (ObjectUpload upload = draft.upload(file.getKey(), partition)) {
          upload.write(file.getValue());
          draft.include(upload.complete(), partition, OptionalLong.empty());
        }
      }
      publishing.publish(draft);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Publishes records as the dataset's own files. */
  public static <T extends Record> void load(
      Lake lake, Dataset dataset, Class<T> type, List<T> records) {
    Catalog.of(lake).register(dataset);
    RecordMapper<T> mapper = RecordMapper.of(type);
    Iterator<Object[]> rows = records.stream().map(mapper::toValues).iterator();
    Publishing publishing = Publishing.of(lake);
    try (Workbench workbench = QueryEngine.of(lake).workbench();
        Draft draft = publishing.begin(dataset, Write.append(), LoadId.unique())) {
      workbench.write(workbench.rows(mapper.columns(), rows), draft);
      publishing.publish(draft);
    }
  }

  /** The partition {@code key=value}. */
  public static Partition partition(String key, String value) {
    Map<String, Optional<String>> values = new LinkedHashMap<>();
    values.put(key, Optional.of(value));
    return Partition.of(values);
  }

  /** All rows of a dataset, read by a workbench. */
  public static List<Map<String, Object>> rows(Lake lake, Dataset dataset) {
    try (Workbench workbench = QueryEngine.of(lake).workbench();
        Rows rows =
            workbench.stream(workbench.dataset(dataset, Publishing.of(lake).snapshot(dataset)))) {
      return rows.asMaps().toList();
    }
  }
}
