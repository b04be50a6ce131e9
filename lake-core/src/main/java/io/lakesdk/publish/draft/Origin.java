package io.lakesdk.publish.draft;

import io.lakesdk.error.NotFoundException;
import io.lakesdk.publish.Draft;
import io.lakesdk.storage.ObjectRef;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.ReadOptions;

/** Who wrote an object. What no load wrote is never removed by publishing. */
public enum Origin {
  /** A load, or publishing itself for readers of a load's files. */
  LOAD,
  /** Somebody else; the dataset took it over. */
  OTHERS,
  /** Nobody can tell, since it is not there. */
  GONE;

  /** Looks at the object's user metadata. */
  public static Origin of(ObjectStore store, ObjectRef object) {
    try {
      return store
              .head(object.key(), ReadOptions.current().version(object.version()))
              .metadata()
              .containsKey(Draft.OBJECT_MARK)
          ? LOAD
          : OTHERS;
    } catch (NotFoundException gone) {
      return GONE;
    }
  }
}
