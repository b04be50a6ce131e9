package io.lakesdk.query.jdbc;

import io.lakesdk.Lake;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.jdbc.result.JdbcErrors;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lakes that URLs lead to: those that the application registered, and those that the driver
 * opened itself, one for each folder, which is closed with its last connection. Thread-safe.
 */
final class OpenLakes {

  private static final Pattern NAME = Pattern.compile("[\\w.-]{1,128}");

  private final Map<String, Lake> named = new ConcurrentHashMap<>();
  private final Map<Path, Opened> byFolder = new HashMap<>();
  private @Nullable Consumer<Lake> prepare;

  /** A lake and how many connections it has. */
  private static final class Opened {
    private final Lake lake;
    private final boolean prepared;
    private int connections;

    Opened(Lake lake, boolean prepared) {
      this.lake = lake;
      this.prepared = prepared;
    }
  }

  /**
   * A lake for one connection.
   *
   * @param lake as whoever registered or opened it sees it
   * @param prepared whether the application could put grants in force for it
   * @param end to be run once
   */
  record Lease(Lake lake, boolean prepared, Runnable end) {}

  /**
   * Makes a lake known.
   *
   * @return takes that back, once
   */
  Runnable register(String name, Lake lake) {
    Subject subject = Subject.of(Subject.Kind.LAKE, "@" + name);
    if (!NAME.matcher(name).matches()) {
      throw new InvalidDefinitionException(
          "register", subject, "a name has 1 to 128 letters, digits or any of _ . -");
    }
    if (named.putIfAbsent(name, lake) != null) {
      throw new AlreadyExistsException(
          "register", subject, "a lake of that name is registered; close that registration first");
    }
    return () -> named.remove(name, lake);
  }

  /** Has this done to every lake that is opened by its folder from now on. */
  synchronized void prepareWith(Consumer<Lake> preparation) {
    prepare = preparation;
  }

  Lease lease(LakeUrl url) throws SQLException {
    Optional<String> name = url.name();
    return name.isPresent() ? named(name.get()) : at(url.place());
  }

  private Lease named(String name) throws SQLException {
    Lake lake = named.get(name);
    if (lake == null) {
      throw JdbcErrors.noConnection(
          "No lake is registered as @"
              + name
              + "; call LakeDriver.register(\""
              + name
              + "\", lake) in this JVM, or name the lake's folder");
    }
    return new Lease(lake, true, () -> {});
  }

  private synchronized Lease at(String folder) throws SQLException {
    Path root = existing(folder);
    Opened opened = byFolder.get(root);
    if (opened == null) {
      opened = open(root);
      byFolder.put(root, opened);
    }
    opened.connections++;
    AtomicBoolean ended = new AtomicBoolean();
    return new Lease(
        opened.lake,
        opened.prepared,
        () -> {
          if (ended.compareAndSet(false, true)) {
            end(root);
          }
        });
  }

  private static Path existing(String folder) throws SQLException {
    try {
      Path root = Path.of(folder).toRealPath();
      if (Lake.isAt(root)) {
        return root;
      }
    } catch (IOException | InvalidPathException e) {
      throw JdbcErrors.noConnection("There is no lake at " + folder + ": no such folder");
    }
    throw JdbcErrors.noConnection(
        "There is no lake at " + folder + "; a lake is made by Lake.at(path), not by connecting");
  }

  private Opened open(Path root) throws SQLException {
    try {
      Lake lake = Lake.at(root);
      try {
        if (prepare != null) {
          prepare.accept(lake);
        }
        return new Opened(lake, prepare != null);
      } catch (RuntimeException e) {
        lake.close();
        throw e;
      }
    } catch (LakeException e) {
      throw JdbcErrors.of(e);
    }
  }

  private synchronized void end(Path root) {
    Opened opened = byFolder.get(root);
    if (opened != null) {
      opened.connections--;
      if (opened.connections == 0) {
        byFolder.remove(root);
        opened.lake.close();
      }
    }
  }
}
