package io.lakesdk.storage;

import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The objects of one zone, with the semantics of a versioned S3 bucket.
 *
 * <p>A key is any text of 1 to 1,024 bytes in UTF-8. It is only a name: {@code a} and {@code a/b}
 * may both exist, and {@code ../x} lies in no other folder. Other keys are refused with {@link
 * InvalidDefinitionException}; S3 refuses some more, which docs/fidelity.md names.
 *
 * <p>A write is atomic and, once the call returns, durable: whoever reads sees the whole old object
 * or the whole new one, and every read that starts after a write returned sees that write. Writing
 * an existing key makes a new version; the earlier ones remain until {@link #deleteVersion}.
 *
 * <p>Every object that this SDK writes has a CRC32C and a SHA-256; content that does not match a
 * checksum given with it is refused with {@link BadDataException} and nothing is stored, and so is
 * stored content that no longer matches when it is read to its end.
 *
 * <p>Implementations are thread-safe.
 */
public interface ObjectStore {

  /**
   * Writes an object.
   *
   * @throws AlreadyExistsException if the options say {@code ifAbsent} and the key exists
   * @throws ConflictException if the options say {@code ifMatch} and the current object has another
   *     ETag
   * @throws NotFoundException if the options say {@code ifMatch} and there is no such object
   */
  ObjectInfo put(String key, byte[] content, PutOptions options);

  /**
   * Starts an object of any length. Nothing is visible before {@link ObjectUpload#complete}; memory
   * use does not depend on the length.
   */
  ObjectUpload upload(String key, PutOptions options);

  /**
   * Opens an object, or a range of it. The caller closes the content.
   *
   * @throws NotFoundException if there is no such object or version
   * @throws ConflictException if the options say {@code ifMatch} and the ETag is another
   * @throws InvalidDefinitionException if a range starts at or after the end of the object
   */
  ObjectContent get(String key, ReadOptions options);

  /**
   * Describes an object without reading it.
   *
   * @throws NotFoundException if there is no such object or version
   */
  ObjectInfo head(String key, ReadOptions options);

  /** Whether the key has a current object. */
  default boolean exists(String key) {
    try {
      head(key, ReadOptions.current());
      return true;
    } catch (NotFoundException absent) {
      return false;
    }
  }

  /** One page of keys, in the order of their bytes in UTF-8. */
  ListPage list(ListOptions options);

  /** All current objects with this prefix, in key order, fetched page by page. */
  default Stream<ListedObject> all(String prefix) {
    return Stream.iterate(
            Optional.of(list(ListOptions.prefix(prefix))),
            Optional::isPresent,
            page -> page.flatMap(ListPage::next).map(this::list))
        .flatMap(page -> page.orElseThrow().objects().stream());
  }

  /** Every version of the keys with this prefix, in key order and the newest first. */
  Stream<ObjectVersion> versions(String prefix);

  /**
   * Copies an object, or a version of it. Content type and user metadata are copied too, unless the
   * options give some.
   */
  ObjectInfo copy(String source, ReadOptions sourceOptions, String target, PutOptions options);

  /** Hides the key behind a delete marker; its versions remain. An absent key is not an error. */
  void delete(String key);

  /** Removes one version for good. An absent version is not an error. */
  void deleteVersion(String key, String version);

  /**
   * {@link #delete} of many keys.
   *
   * @return the keys that could not be deleted, with the reason of each
   */
  Map<String, String> deleteAll(Collection<String> keys);
}
