package io.lakesdk.query.projection;

import io.lakesdk.publish.draft.Layout;
import java.util.List;

/** The values that a partition key can have, counted from 0. */
interface KeyValues {

  /** How many there are. */
  long count();

  /** One of them, as folders write it. */
  String value(long number);

  /** Whether each is at least as much as the one before, as keys of this kind are compared. */
  boolean isOrdered(Layout.Kind kind);

  /** Those of a list. */
  record Listed(List<String> values) implements KeyValues {
    @Override
    public long count() {
      return values.size();
    }

    @Override
    public String value(long number) {
      return values.get((int) number);
    }

    @Override
    public boolean isOrdered(Layout.Kind kind) {
      return false;
    }
  }
}
