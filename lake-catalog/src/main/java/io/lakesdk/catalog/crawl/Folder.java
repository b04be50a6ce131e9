package io.lakesdk.catalog.crawl;

import io.lakesdk.Zone;
import io.lakesdk.error.Subject;
import java.util.List;
import java.util.Optional;

/** The files of one table, by key. */
record Folder(Zone zone, String location, Optional<KnownDataset> known, List<SourceFile> files) {

  Subject subject() {
    return Subject.object(zone, location);
  }

  Unreadable unreadable(String reason) {
    return new Unreadable(subject(), reason);
  }

  boolean isAbove(String otherLocation) {
    return !location.equals(otherLocation) && otherLocation.startsWith(location);
  }
}
