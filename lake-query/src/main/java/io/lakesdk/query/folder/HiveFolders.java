package io.lakesdk.query.folder;

import io.lakesdk.Dataset;
import io.lakesdk.publish.Partition;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The folders that a partition of a table may have without being told. */
public final class HiveFolders {

  /** What Hive writes as %XX in names of folders, besides control characters. */
  private static final String ESCAPED = "\"#%'*/:=?\\{[]^\u007F";

  private static final String NULL = "__HIVE_DEFAULT_PARTITION__";

  private HiveFolders() {}

  /** As this SDK names it, then as Hive does, where that differs. */
  public static List<String> of(Dataset table, Partition partition) {
    Set<String> folders = new LinkedHashSet<>();
    folders.add(table.location() + partition.path() + "/");
    folders.add(
        table.location()
            + partition.values().entrySet().stream()
                .map(
                    e ->
                        escape(e.getKey())
                            + "="
                            + e.getValue().map(HiveFolders::escape).orElse(NULL))
                .collect(Collectors.joining("/"))
            + "/");
    return List.copyOf(folders);
  }

  private static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || ESCAPED.indexOf(c) >= 0) {
        out.append(String.format("%%%02X", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
