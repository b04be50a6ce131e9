package io.lakesdk.query.statement;

import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import java.util.HashMap;
import java.util.Map;

/**
 * The prepared statements of an open lake, each principal's for itself. They are kept until the
 * lake is closed. Thread-safe.
 */
final class PreparedStatements implements AutoCloseable {

  /** Athena's limit of a workgroup. Source: "PREPARE" of the Athena user guide. */
  private static final int MOST = 1000;

  private final Map<Key, String> texts = new HashMap<>();

  private record Key(Principal principal, String name) {}

  /** The statements of one principal. */
  record Own(PreparedStatements all, Principal principal) {

    /** Keeps a statement, in place of another of its name. */
    void put(String name, String text) {
      all.put(new Key(principal, name), text);
    }

    /**
     * The text of a statement.
     *
     * @throws NotFoundException if it was not prepared
     */
    String get(String name) {
      return all.get(new Key(principal, name));
    }

    /**
     * Forgets a statement.
     *
     * @throws NotFoundException if it was not prepared
     */
    void remove(String name) {
      all.remove(new Key(principal, name));
    }
  }

  static Own of(Lake lake) {
    return new Own(
        lake.shared(PreparedStatements.class, PreparedStatements::new), lake.principal());
  }

  private synchronized void put(Key key, String text) {
    if (!texts.containsKey(key) && texts.size() >= MOST) {
      throw new UnavailableException(
          "prepare",
          subject(key.name()),
          "there are " + MOST + " prepared statements; DEALLOCATE PREPARE some");
    }
    texts.put(key, text);
  }

  private synchronized String get(Key key) {
    String text = texts.get(key);
    if (text == null) {
      throw absent(key.name());
    }
    return text;
  }

  private synchronized void remove(Key key) {
    if (texts.remove(key) == null) {
      throw absent(key.name());
    }
  }

  private static NotFoundException absent(String name) {
    return new NotFoundException(
        "find", subject(name), "it was not prepared here; PREPARE it first");
  }

  private static Subject subject(String name) {
    return Subject.of(Subject.Kind.QUERY, name);
  }

  @Override
  public void close() {
    // texts are all that is held
  }
}
