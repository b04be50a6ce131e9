package io.lakesdk.storage;

import io.lakesdk.Zone;
import io.lakesdk.access.AccessControl;
import io.lakesdk.access.Action;
import io.lakesdk.access.Resource;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A zone's objects as one principal may use them: every call needs READ or WRITE on the zone. */
public final class AuthorizedObjectStore implements ObjectStore {

  private final Zone zone;
  private final ObjectStore store;
  private final AccessControl access;

  public AuthorizedObjectStore(Zone zone, ObjectStore store, AccessControl access) {
    this.zone = zone;
    this.store = store;
    this.access = access;
  }

  private void require(Action action, String key) {
    access.require(action, Resource.object(zone, key), Set.of());
  }

  @Override
  public ObjectInfo put(String key, byte[] content, PutOptions options) {
    require(Action.WRITE, key);
    return store.put(key, content, options);
  }

  @Override
  public ObjectUpload upload(String key, PutOptions options) {
    require(Action.WRITE, key);
    return store.upload(key, options);
  }

  @Override
  public ObjectContent get(String key, ReadOptions options) {
    require(Action.READ, key);
    return store.get(key, options);
  }

  @Override
  public ObjectInfo head(String key, ReadOptions options) {
    require(Action.READ, key);
    return store.head(key, options);
  }

  @Override
  public ListPage list(ListOptions options) {
    require(Action.READ, options.prefix());
    return store.list(options);
  }

  @Override
  public Stream<ListedObject> all(String prefix) {
    require(Action.READ, prefix);
    return store.all(prefix);
  }

  @Override
  public Stream<ObjectVersion> versions(String prefix) {
    require(Action.READ, prefix);
    return store.versions(prefix);
  }

  @Override
  public ObjectInfo copy(
      String source, ReadOptions sourceOptions, String target, PutOptions options) {
    require(Action.READ, source);
    require(Action.WRITE, target);
    return store.copy(source, sourceOptions, target, options);
  }

  @Override
  public void delete(String key) {
    require(Action.WRITE, key);
    store.delete(key);
  }

  @Override
  public void deleteVersion(String key, String version) {
    require(Action.WRITE, key);
    store.deleteVersion(key, version);
  }

  @Override
  public Map<String, String> deleteAll(Collection<String> keys) {
    access.require(Action.WRITE, Resource.zone(zone));
    return store.deleteAll(keys);
  }
}
