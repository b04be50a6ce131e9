package io.lakesdk.query.embedded;

import com.sun.management.OperatingSystemMXBean;
import io.lakesdk.storage.LocalFiles;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What DuckDB may do: read and write the lake's own files and folders, in UTC, with a share of the
 * machine, and nothing else. The order matters: what opens doors comes before what closes them, and
 * the last statement locks the configuration.
 */
final class Sandbox {

  private static final long MEGABYTE = 1 << 20;
  private static final long LEAST = 256;

  private Sandbox() {}

  static List<String> settings(LocalFiles files) {
    List<String> settings = new ArrayList<>();
    settings.add("SET threads = " + Runtime.getRuntime().availableProcessors());
    settings.add("SET memory_limit = '" + memoryInMegabytes() + "MiB'");
    Optional<Path> spill = files.spillFolder();
    settings.add("SET temp_directory = " + SqlText.literal(spill.map(Path::toString).orElse("")));
    settings.add("SET autoinstall_known_extensions = false");
    settings.add("SET autoload_known_extensions = false");
    settings.add("SET allow_community_extensions = false");
    settings.add("SET allow_persistent_secrets = false");
    settings.add("SET enable_external_file_cache = false");
    settings.add("SET preserve_insertion_order = false");
    settings.add("SET TimeZone = 'UTC'");
    settings.add(
        "SET allowed_directories = "
            + SqlText.literals(files.folders().stream().map(Sandbox::folder).toList()));
    settings.add("SET enable_external_access = false");
    settings.add("SET lock_configuration = true");
    return settings;
  }

  private static String folder(Path path) {
    String text = path.toString();
    return text.endsWith("/") ? text : text + "/";
  }

  /** Half of what the machine, or the container, has beside Java's heap at its largest. */
  private static long memoryInMegabytes() {
    long machine =
        ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
    long beside = machine - Runtime.getRuntime().maxMemory();
    return Math.max(LEAST, beside / 2 / MEGABYTE);
  }
}
