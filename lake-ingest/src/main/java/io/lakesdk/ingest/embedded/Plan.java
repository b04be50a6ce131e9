package io.lakesdk.ingest.embedded;

import io.lakesdk.ingest.Receipt;
import io.lakesdk.ingest.Receipt.Landed;
import io.lakesdk.ingest.Receipt.Outcome;
import io.lakesdk.ingest.Receipt.Rejected;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.Publication;
import io.lakesdk.publish.Write;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which files of a source a load has to land, decided on one version of the dataset. A load that
 * has a name lands all of them; another one those that are not there.
 */
final class Plan {

  private final Landing landing;
  private final List<Rejected> rejected;
  private final List<HashedFile> files;
  private final List<HashedFile> present;
  private final long base;

  Plan(Landing landing, List<HashedFile> all, List<Rejected> rejected) {
    this.landing = landing;
    this.rejected = rejected;
    try (Draft look = landing.look()) {
      this.base = look.base();
      this.present = landing.load().id().isPresent() ? List.of() : present(look, all);
    }
    if (present.isEmpty()) {
      this.files = all;
    } else {
      Set<HashedFile> known = new HashSet<>(present);
      this.files = all.stream().filter(file -> !known.contains(file)).toList();
    }
  }

  private List<HashedFile> present(Draft look, List<HashedFile> all) {
    Present there = new Present(look.before());
    if (landing.load().write() == Write.APPEND) {
      return all.stream().filter(there::has).toList();
    }
    Set<Partition> partitions =
        landing.load().write() == Write.OVERWRITE
            ? there.partitions()
            : all.stream().map(file -> file.file().partition()).collect(Collectors.toSet());
    return there.isExactly(all, partitions) ? all : List.of();
  }

  List<HashedFile> files() {
    return files;
  }

  long base() {
    return base;
  }

  long bytes() {
    return files.stream().mapToLong(HashedFile::bytes).sum();
  }

  /**
   * The load's name: what it does, to which version, with which files. Two that do the same at once
   * are one load.
   */
  LoadId id() {
    return landing
        .load()
        .id()
        .orElseGet(
            () ->
                LoadId.ofContent(
                    Stream.concat(
                            Stream.of(landing.load().write().name(), Long.toString(base)),
                            files.stream().flatMap(f -> Stream.of(f.file().name(), f.sha256())))
                        .toList()));
  }

  /** Whether none of the files to be added was added by somebody else since. */
  boolean holds() {
    if (landing.load().id().isPresent() || landing.load().write() != Write.APPEND) {
      return true;
    }
    try (Draft now = landing.look()) {
      return now.base() == base || files.stream().noneMatch(new Present(now.before())::has);
    }
  }

  Receipt receipt(Publication publication, List<Landed> landed) {
    return landing.published(publication, landed, OptionalLong.empty(), names(present), rejected);
  }

  Receipt nothingToDo() {
    return landing.unchanged(
        present.isEmpty() ? Outcome.NOTHING : Outcome.REPEATED,
        base,
        Optional.empty(),
        names(present),
        rejected);
  }

  private static List<String> names(List<HashedFile> files) {
    List<String> names = new ArrayList<>();
    files.forEach(file -> names.add(file.file().name()));
    return names;
  }
}
