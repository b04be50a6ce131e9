package io.lakesdk.publish.aws;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lakesdk.DatasetId;
import io.lakesdk.Principal;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.Snapshot.Totals;
import io.lakesdk.publish.Version;
import io.lakesdk.publish.draft.Layout;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a log adds up to, as the object of a checkpoint holds it; see {@link State} for what its
 * parts mean. Lists hold short arrays of numbers where there are many.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Checkpoint(
    long entry,
    long content,
    long birth,
    long forgotten,
    @Nullable String layout,
    List<Made> versions,
    List<Long> loads,
    List<PartOf> parts,
    List<Entry.Item> garbage) {

  /** A version; {@code totals} are partitions, files, bytes and rows. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Made(
      String change,
      @Nullable String load,
      @Nullable String attempt,
      @Nullable Long restored,
      String at,
      String by,
      long filesAdded,
      long filesRemoved,
      @Nullable Long rowsAdded,
      List<Entry.Source> sources,
      long entry,
      List<Long> totals,
      boolean spares,
      boolean readable) {

    static Made of(State.Made made) {
      Version version = made.version();
      Totals totals = made.totals();
      return new Made(
          version.change().name(),
          version.load().map(LoadId::text).orElse(null),
          made.attempt().orElse(null),
          nullable(version.restored()),
          version.at().toString(),
          version.by().toString(),
          version.filesAdded(),
          version.filesRemoved(),
          nullable(version.rowsAdded()),
          version.sources().stream().map(Entry.Source::of).toList(),
          made.entry(),
          List.of(totals.partitions(), totals.files(), totals.bytes(), totals.rows()),
          made.spares(),
          made.readable());
    }

    State.Made made(DatasetId dataset, long number) {
      Version version =
          new Version(
              dataset,
              number,
              Version.Change.valueOf(change),
              Optional.ofNullable(load).map(LoadId::of),
              optional(restored),
              Instant.parse(at),
              Principal.parse(by),
              filesAdded,
              filesRemoved,
              optional(rowsAdded),
              sources.stream().map(Entry.Source::source).toList());
      return new State.Made(
          version,
          entry,
          Optional.ofNullable(attempt),
          new Totals(totals.get(0), totals.get(1), totals.get(2), totals.get(3)),
          spares,
          readable);
    }
  }

  /** A partition. */
  record PartOf(String path, long changed, List<RowOf> rows) {}

  /** A file; {@code spans} are pairs of versions, the last of which has no end if it is single. */
  record RowOf(Entry.File file, long added, List<Long> spans) {}

  private static @Nullable Long nullable(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  private static OptionalLong optional(@Nullable Long value) {
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  static Checkpoint of(State state) {
    return new Checkpoint(
        state.entry,
        state.content,
        state.birth,
        state.forgotten,
        state.layout == null ? null : state.layout.print(),
        state.versions.stream().map(Made::of).toList(),
        state.loads.values().stream().sorted().toList(),
        state.parts.values().stream().map(Checkpoint::part).toList(),
        state.garbage.entrySet().stream()
            .map(item -> Entry.Item.of(item.getKey(), item.getValue()))
            .toList());
  }

  private static PartOf part(Part part) {
    return new PartOf(
        part.partition.path(), part.changed, part.rows.stream().map(Checkpoint::row).toList());
  }

  private static RowOf row(Part.Row row) {
    Entry.File file = Entry.File.of(row.file, row.outside).elsewhere();
    return new RowOf(
        file,
        row.added,
        row.spans.stream()
            .flatMap(
                span ->
                    span.isOpen()
                        ? List.of(span.from()).stream()
                        : List.of(span.from(), span.to()).stream())
            .toList());
  }

  State state(DatasetId dataset) {
    State state = new State(dataset);
    state.entry = entry;
    state.content = content;
    state.birth = birth;
    state.forgotten = forgotten;
    state.layout = layout == null ? null : Layout.parse(layout);
    for (Made made : versions) {
      state.versions.add(made.made(dataset, state.version() + 1));
    }
    for (long number : loads) {
      state.loads.put(state.made(number).version().load().orElseThrow(), number);
    }
    for (PartOf stored : parts) {
      Partition partition = Partition.parse(stored.path());
      Layout keys = Objects.requireNonNull(state.layout);
      Part part = new Part(partition, keys.values(dataset.toString(), partition));
      part.changed = stored.changed();
      stored.rows().forEach(row -> part.rows.add(row(row, partition)));
      state.parts.put(stored.path(), part);
    }
    garbage.forEach(item -> state.garbage.put(item.object(), item.bytes()));
    return state;
  }

  private static Part.Row row(RowOf stored, Partition partition) {
    Part.Row row =
        new Part.Row(stored.file().in(partition), stored.file().isOutside(), stored.added());
    List<Long> spans = stored.spans();
    for (int i = 0; i < spans.size(); i += 2) {
      long to = i + 1 < spans.size() ? spans.get(i + 1) : State.NO_END;
      row.spans.add(new Part.Span(spans.get(i), to));
    }
    return row;
  }
}
