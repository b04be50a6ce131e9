package io.lakesdk;

import io.lakesdk.access.AccessPolicy;
import io.lakesdk.aws.AwsConnection;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.event.LakeEvent;
import io.lakesdk.event.LakeListener;
import io.lakesdk.fault.Seam;
import io.lakesdk.publish.aws.GluePublishing;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.aws.S3Storage;
import io.lakesdk.storage.embedded.EmbeddedStorage;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all views of one open lake share. */
final class LakeState {

  private static final Logger LOG = LoggerFactory.getLogger(Lake.class);

  private final String name;
  private final LakeOptions options;
  private final Seam seam;
  private final Backend backend;
  private final AutoCloseable storage;
  private final List<LakeListener> listeners;
  private final Map<Class<?>, AutoCloseable> shared = new LinkedHashMap<>();
  private volatile @Nullable AccessPolicy policy;
  private boolean closed;

  private LakeState(
      String name, LakeOptions options, Seam seam, Backend backend, AutoCloseable storage) {
    this.name = name;
    this.options = options;
    this.seam = seam;
    this.backend = backend;
    this.storage = storage;
    this.listeners = new CopyOnWriteArrayList<>(options.listeners());
  }

  static LakeState inMemory(LakeOptions options) {
    Seam seam = seam(options);
    return embedded("in memory", options, seam, EmbeddedStorage.inMemory(options.clock(), seam));
  }

  static LakeState at(Path root, LakeOptions options) {
    Seam seam = seam(options);
    return embedded(
        root.toString(), options, seam, EmbeddedStorage.at(root, options.clock(), seam));
  }

  private static LakeState embedded(
      String name, LakeOptions options, Seam seam, EmbeddedStorage storage) {
    return new LakeState(
        name,
        options,
        seam,
        new EmbeddedBackend(storage.metadata(), storage.files(), storage::store),
        storage);
  }

  static LakeState onAws(AwsSettings settings, LakeOptions options) {
    Seam seam = seam(options);
    AwsConnection connection = new AwsConnection(settings, seam, options.clock());
    S3Storage storage = new S3Storage(connection, options.clock());
    return new LakeState(
        settings.toString(),
        options,
        seam,
        new AwsBackend(
            settings, connection, storage.files(), storage::store, new GluePublishing.Memory()),
        storage);
  }

  private static Seam seam(LakeOptions options) {
    return new Seam(options.faults(), options.metrics());
  }

  Seam seam() {
    return seam;
  }

  String name() {
    return name;
  }

  Clock clock() {
    return options.clock();
  }

  MeterRegistry metrics() {
    return options.metrics();
  }

  ObjectStore store(Zone zone) {
    return backend.store(zone);
  }

  Backend backend() {
    return backend;
  }

  Optional<AccessPolicy> policy() {
    return Optional.ofNullable(policy);
  }

  void enforce(AccessPolicy next) {
    policy = next;
  }

  void listen(LakeListener listener) {
    listeners.add(listener);
  }

  void emit(LakeEvent event) {
    for (LakeListener listener : listeners) {
      try {
        listener.on(event);
      } catch (RuntimeException e) {
        LOG.warn("A listener failed on {}", event.getClass().getSimpleName(), e);
      }
    }
  }

  <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> make) {
    synchronized (shared) {
      if (closed) {
        throw new UnavailableException("use", Subject.of(Subject.Kind.LAKE, name), "it was closed");
      }
      AutoCloseable existing = shared.get(type);
      if (existing == null) {
        existing = make.get();
        shared.put(type, existing);
      }
      return type.cast(existing);
    }
  }

  void close() {
    Deque<AutoCloseable> closing = new ArrayDeque<>();
    synchronized (shared) {
      if (closed) {
        return;
      }
      closed = true;
      shared.values().forEach(closing::push);
    }
    closing.addLast(storage);
    for (AutoCloseable resource : closing) {
      try {
        resource.close();
      } catch (Exception e) {
        LOG.warn("Closing {} failed", resource.getClass().getSimpleName(), e);
      }
    }
  }
}
