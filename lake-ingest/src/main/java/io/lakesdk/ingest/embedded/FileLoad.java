package io.lakesdk.ingest.embedded;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.Subject;
import io.lakesdk.ingest.FileLandedEvent;
import io.lakesdk.ingest.FileLandedEvent.Progress;
import io.lakesdk.ingest.FileSource;
import io.lakesdk.ingest.Receipt;
import io.lakesdk.ingest.Receipt.Landed;
import io.lakesdk.publish.Draft;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectRef;
import io.lakesdk.storage.ObjectUpload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Lands files as they are. Every file is read for its checksum, which says whether it is there
 * already and gives the load its name, and later into its object, whose checksum must be that one.
 * So a file that changes in between cannot land. In between Parquet files are looked through for
 * damage.
 */
final class FileLoad {

  private static final int BUFFER = 1 << 16;
  private static final int MOST_ROUNDS = 20;

  private final Landing landing;
  private final FileSource source;
  private final byte[] buffer = new byte[BUFFER];

  FileLoad(Landing landing, FileSource source) {
    this.landing = landing;
    this.source = source;
  }

  Receipt run() {
    return landing.earlier().orElseGet(this::load);
  }

  private Receipt load() {
    Folder.Listing listing = Folder.list(source, landing.dataset());
    List<HashedFile> files =
        listing.files().stream().map(file -> new HashedFile(file, file.sha256(buffer))).toList();
    Inspection inspection = new Inspection(new Extensions(landing.dataset()), listing.rejected());
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Optional<Receipt> receipt = round(plan(files, inspection));
      if (receipt.isPresent()) {
        return receipt.get();
      }
    }
    throw new ConflictException(
        "load",
        Subject.dataset(landing.dataset().id()),
        "others keep loading the same files into it; load again when they are done");
  }

  /** What to land of the files, without those of it that are damaged. */
  private Plan plan(List<HashedFile> files, Inspection inspection) {
    Plan plan = new Plan(landing, files, inspection.rejected());
    while (!inspection.passes(plan.files())) {
      plan = new Plan(landing, inspection.remaining(files), inspection.rejected());
    }
    return plan;
  }

  /** Lands what is not there; empty if somebody else landed some of it meanwhile. */
  private Optional<Receipt> round(Plan plan) {
    if (plan.files().isEmpty()) {
      return Optional.of(plan.nothingToDo());
    }
    try (Draft draft = landing.begin(plan.id())) {
      if (draft.earlier().isPresent() || draft.base() != plan.base()) {
        return landing.earlier();
      }
      List<Landed> landed = new ArrayList<>();
      long bytes = 0;
      for (HashedFile file : plan.files()) {
        landed.add(land(draft, file));
        bytes += file.bytes();
        tell(file, new Progress(landed.size(), plan.files().size(), bytes, plan.bytes()));
      }
      return landing.publish(draft, plan::holds).map(published -> plan.receipt(published, landed));
    }
  }

  private Landed land(Draft draft, HashedFile file) {
    ObjectInfo object = Attempts.ofRepeatable(() -> store(draft, file));
    ObjectRef stored =
        draft.include(object, file.file().partition(), OptionalLong.empty()).object();
    return new Landed(
        file.file().name(), stored, object.size(), file.sha256(), object.crc32c().orElseThrow());
  }

  private ObjectInfo store(Draft draft, HashedFile hashed) {
    SourceFile file = hashed.file();
    try (ObjectUpload upload = draft.upload(file.objectName(), file.partition(), hashed.sha256())) {
      file.copyTo(upload, buffer);
      return complete(upload, file);
    }
  }

  private static ObjectInfo complete(ObjectUpload upload, SourceFile file) {
    try {
      return upload.complete();
    } catch (BadDataException another) {
      throw file.changed();
    }
  }

  private void tell(HashedFile file, Progress progress) {
    landing
        .lake()
        .emit(
            new FileLandedEvent(
                landing.lake().clock().instant(),
                landing.lake().principal(),
                landing.dataset().id(),
                file.file().name(),
                progress));
  }
}
