package io.lakesdk.access;

import io.lakesdk.DatasetId;
import io.lakesdk.Zone;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a principal may want to do something to. */
public sealed interface Resource {

  /** How errors and the audit name it. */
  Subject subject();

  /** A dataset and the zone that it lives in, which a table of a federated source does not. */
  record OfDataset(DatasetId dataset, Optional<Zone> zone) implements Resource {

    /** A dataset of the lake. */
    public OfDataset(DatasetId dataset, Zone zone) {
      this(dataset, Optional.of(zone));
    }

    @Override
    public Subject subject() {
      return Subject.dataset(dataset);
    }
  }

  /** All objects of a zone. */
  record OfZone(Zone zone) implements Resource {
    @Override
    public Subject subject() {
      return Subject.zone(zone);
    }
  }

  /** One object, or the objects of a prefix. */
  record OfObject(Zone zone, String key) implements Resource {
    @Override
    public Subject subject() {
      return Subject.object(zone, key);
    }
  }

  /**
   * A workgroup of queries.
   *
   * @param name 1 to 128 letters, digits or any of {@code . _ -}, as Athena has it
   */
  record OfWorkgroup(String name) implements Resource {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    public OfWorkgroup {
      if (!NAME.matcher(name).matches()) {
        throw new InvalidDefinitionException(
            "name",
            Subject.of(Subject.Kind.WORKGROUP, name),
            "a name has 1 to 128 letters, digits or any of . _ -");
      }
    }

    @Override
    public Subject subject() {
      return Subject.of(Subject.Kind.WORKGROUP, name);
    }
  }

  /** The lake as a whole. */
  record OfLake(String name) implements Resource {
    @Override
    public Subject subject() {
      return Subject.of(Subject.Kind.LAKE, name);
    }
  }

  /**
   * What somebody is granted.
   *
   * @param summary whom and what, without the values in its row filter
   */
  record OfGrant(String summary) implements Resource {
    @Override
    public Subject subject() {
      return Subject.of(Subject.Kind.GRANT, summary);
    }
  }

  static Resource dataset(DatasetId dataset, Zone zone) {
    return new OfDataset(dataset, zone);
  }

  static Resource zone(Zone zone) {
    return new OfZone(zone);
  }

  static Resource workgroup(String name) {
    return new OfWorkgroup(name);
  }

  static Resource object(Zone zone, String key) {
    return new OfObject(zone, key);
  }
}
