package io.lakesdk.catalog.definition;

import io.lakesdk.Dataset;
import io.lakesdk.access.DatasetView;
import io.lakesdk.catalog.SchemaVersion;
import io.lakesdk.catalog.definition.DefinitionStore.Registered;
import io.lakesdk.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/** Tells the definitions of a dataset as somebody may see them. */
final class VersionHistory {

  private VersionHistory() {}

  /** {@code registered} and the result are the newest first. */
  static List<SchemaVersion> of(List<Registered> registered, DatasetView view) {
    List<SchemaVersion> versions = new ArrayList<>();
    for (int i = 0; i < registered.size(); i++) {
      Registered version = registered.get(i);
      Dataset shown = Sight.through(view, version.dataset());
      Schema before =
          i + 1 < registered.size()
              ? Sight.through(view, registered.get(i + 1).dataset()).columns()
              : Schema.of();
      versions.add(
          new SchemaVersion(
              version.number(), shown, before.evolve(shown.columns()), version.at(), version.by()));
    }
    return versions;
  }
}
