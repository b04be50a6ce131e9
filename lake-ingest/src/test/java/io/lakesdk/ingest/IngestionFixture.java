package io.lakesdk.ingest;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.Zone;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.Publishing;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.ReadOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A lake, a drop folder, and a look at what landed. */
abstract class IngestionFixture {

  static final Dataset RAW =
      Dataset.named("aviation.raw_flights").in(Zone.RAW).format(Format.JSON).build();

  @TempDir Path temp;
  Path drop;
  Lake lake;
  private final List<Lake> opened = new ArrayList<>();

  /** The lake of this test, new at its start, with these options. */
  abstract Lake open(Path folder, Consumer<LakeOptions> with);

  @BeforeEach
  void openLake() throws IOException {
    drop = Files.createDirectory(temp.resolve("drop"));
    lake = reopen(with -> {});
  }

  @AfterEach
  void closeLakes() {
    opened.forEach(Lake::close);
  }

  /** Another look at the lake, or another lake where nothing outlives its closing. */
  Lake reopen(Consumer<LakeOptions> with) {
    Lake another = open(temp.resolve("lake"), with);
    opened.add(another);
    lake = another;
    return another;
  }

  Ingestion ingest() {
    return Ingestion.of(lake);
  }

  Path write(String name, String content) {
    return write(name, content.getBytes(StandardCharsets.UTF_8));
  }

  Path write(String name, byte[] content) {
    try {
      Path file = drop.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long version(Dataset dataset) {
    return Publishing.of(lake).snapshot(dataset).version();
  }

  List<DataFile> files(Dataset dataset) {
    return Publishing.of(lake).snapshot(dataset).files(PartitionFilter.any());
  }

  /** What the dataset's files hold, in the order of the content. */
  List<String> contents(Dataset dataset) {
    return files(dataset).stream()
        .map(file -> new String(content(file), StandardCharsets.UTF_8))
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  byte[] content(DataFile file) {
    try (var in =
        lake.store(file.object().zone())
            .get(file.object().key(), ReadOptions.current().version(file.object().version()))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * How many objects loads have left in the dataset's folder, whether they belong to a version or
   * not. Copies that are made for those who read folders are no load's.
   */
  long objects(Dataset dataset) {
    ObjectStore store = lake.store(dataset.zone());
    try (var all = store.all(dataset.location())) {
      return all.map(object -> store.head(object.key(), ReadOptions.current()).metadata())
          .filter(metadata -> !"view".equals(metadata.get(Draft.OBJECT_MARK)))
          .count();
    }
  }

  /** Whether a dataset becomes known in the moment in which its data becomes visible. */
  Registration registration() {
    return Registration.WITH_DATA;
  }

  /** When a load registers its dataset. */
  enum Registration {
    WITH_DATA,
    /** Whoever is interrupted leaves a dataset that is known and has no data. */
    BEFORE_DATA
  }

  static byte[] resource(String name) {
    try (var in = IngestionFixture.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> names(List<Receipt.Landed> landed) {
    return landed.stream().map(Receipt.Landed::name).toList();
  }
}
