package io.lakesdk.storage.embedded;

import io.lakesdk.Zone;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.PutOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** What makes a staged file an object, however it is staged. */
final class StagedAdoption {

  private static final int BUFFER = 256 << 10;

  private final ObjectChanges changes;
  private final String place;

  StagedAdoption(ObjectChanges changes, String place) {
    this.changes = changes;
    this.place = place;
  }

  /** Opens the file. */
  interface Opening {
    InputStream open() throws IOException;
  }

  /** Makes the file a blob. */
  interface Sealing {
    NewBlob seal() throws IOException;
  }

  ObjectInfo adopt(Zone zone, String key, PutOptions options, Opening opening, Sealing sealing) {
    Subject subject = Subject.object(zone, key);
    Keys.require("write", zone, key);
    try {
      Fingerprint print;
      try (InputStream in = opening.open()) {
        print = fingerprint(in);
      }
      print.requireAsGiven(subject, options);
      return changes.add(zone, key, options, print, sealing.seal());
    } catch (IOException e) {
      throw StorageErrors.translate("write", subject, place, e);
    }
  }

  private static Fingerprint fingerprint(InputStream in) throws IOException {
    Fingerprinter seen = Fingerprinter.inParts();
    byte[] buffer = new byte[BUFFER];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      seen.update(buffer, 0, read);
    }
    return seen.finish();
  }

  static InvalidDefinitionException notStaged(Zone zone, String key, Path file) {
    return new InvalidDefinitionException(
        "write",
        Subject.object(zone, key),
        file + " is no file of this staging; write to a path that it gave and adopt it once");
  }
}
