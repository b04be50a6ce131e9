package io.lakesdk.error;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;

/**
 * What an error is about: a kind and a name, so that code can react to it and a message can name
 * it.
 *
 * @param kind what sort of thing it is
 * @param name its name as a user would write it; never a data value; empty where it has none, such
 *     as a query
 */
public record Subject(Kind kind, String name) implements Serializable {

  /** The sorts of things that errors are about. */
  public enum Kind {
    LAKE,
    ZONE,
    /** A bucket of S3. */
    BUCKET,
    /** A KMS key. */
    KEY,
    DATASET,
    COLUMN,
    TYPE,
    PARTITION,
    VERSION,
    LOAD,
    OBJECT,
    FILE,
    METADATA,
    QUERY,
    /** A group of queries with common limits. */
    WORKGROUP,
    FUNCTION,
    PIPELINE,
    RULE,
    SOURCE,
    CRAWLER,
    GRANT,
    PRINCIPAL,
    OPTION;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Subject {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(name, "name");
  }

  public static Subject of(Kind kind, String name) {
    return new Subject(kind, name);
  }

  public static Subject dataset(Object id) {
    return new Subject(Kind.DATASET, id.toString());
  }

  public static Subject zone(Object zone) {
    return new Subject(Kind.ZONE, zone.toString());
  }

  public static Subject bucket(String name) {
    return new Subject(Kind.BUCKET, name);
  }

  /** An object of a zone, written {@code zone/key}. */
  public static Subject object(Object zone, String key) {
    return new Subject(Kind.OBJECT, zone + "/" + key);
  }

  public static Subject file(Object path) {
    return new Subject(Kind.FILE, path.toString());
  }

  public static Subject column(String name) {
    return new Subject(Kind.COLUMN, name);
  }

  public static Subject option(String name) {
    return new Subject(Kind.OPTION, name);
  }

  /** The kind and the name as a message shows them: {@code dataset sales.orders}. */
  @Override
  public String toString() {
    return name.isEmpty() ? kind.toString() : kind + " " + name;
  }
}
