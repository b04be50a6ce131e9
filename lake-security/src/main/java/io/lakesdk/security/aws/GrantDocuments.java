package io.lakesdk.security.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lakesdk.AwsBackend;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.security.decision.Grants;
import io.lakesdk.storage.ObjectContent;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.ReadOptions;
import java.io.IOException;
import java.util.Optional;

/**
 * The object of grants, as it is and as it was read last. Each look asks for its ETag, and reads it
 * only where that changed.
 */
final class GrantDocuments {

  static final String KEY = "security/grants.json";
  static final Subject WHERE = Subject.object(AwsBackend.METADATA, KEY);

  private static final Seen NOTHING =
      new Seen(Optional.empty(), GrantDocument.EMPTY, Grants.of(GrantDocument.EMPTY.all()));

  private final ObjectStore store;
  private final String lake;
  private volatile Seen last = NOTHING;
  private volatile boolean closed;

  GrantDocuments(ObjectStore store, String lake) {
    this.store = store;
    this.lake = lake;
  }

  /**
   * What was there at some moment.
   *
   * @param etag of the object; empty if there was none
   * @param document what it held
   * @param grants those of it that are in force
   */
  record Seen(Optional<String> etag, GrantDocument document, Grants grants) {
    private static Seen of(String etag, GrantDocument document) {
      return new Seen(Optional.of(etag), document, Grants.of(document.all()));
    }
  }

  /** What is there now. */
  Seen look() {
    requireOpen();
    try {
      Seen known = last;
      String etag = store.head(KEY, ReadOptions.current()).etag();
      if (known.etag().filter(etag::equals).isPresent()) {
        return known;
      }
      Seen read = read();
      last = read;
      return read;
    } catch (NotFoundException absent) {
      return NOTHING;
    }
  }

  private Seen read() {
    try (ObjectContent content = store.get(KEY, ReadOptions.current())) {
      String json = new String(content.readAllBytes(), UTF_8);
      return Seen.of(content.info().etag(), GrantDocument.parse(json, WHERE));
    } catch (IOException e) {
      throw new UnavailableException("read", WHERE, "the connection was lost", e);
    }
  }

  /**
   * Puts a document in place of the one that was seen.
   *
   * @throws ConflictException if it is no longer there
   */
  Seen replace(Seen seen, GrantDocument next) {
    requireOpen();
    PutOptions options = PutOptions.defaults().contentType("application/json");
    PutOptions condition = seen.etag().map(options::ifMatch).orElseGet(options::ifAbsent);
    byte[] json = next.toJson().getBytes(UTF_8);
    try {
      Seen written = Seen.of(store.put(KEY, json, condition).etag(), next);
      last = written;
      return written;
    } catch (AlreadyExistsException | NotFoundException e) {
      throw new ConflictException("write", WHERE, "somebody else changed it", e);
    }
  }

  void close() {
    closed = true;
  }

  private void requireOpen() {
    if (closed) {
      throw new UnavailableException(
          "use", Subject.of(Subject.Kind.LAKE, lake), "the lake was closed");
    }
  }
}
