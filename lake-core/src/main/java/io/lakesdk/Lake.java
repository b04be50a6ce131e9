package io.lakesdk;

import io.lakesdk.access.AccessControl;
import io.lakesdk.access.AccessPolicy;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.event.AccessDecidedEvent;
import io.lakesdk.event.LakeEvent;
import io.lakesdk.event.LakeListener;
import io.lakesdk.fault.Seam;
import io.lakesdk.storage.AuthorizedObjectStore;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.embedded.EmbeddedStorage;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A data lake, seen by one principal: where bytes live, who is asking, what time it is, who
 * listens. Every layer is reached through it, as in {@code Catalog.of(lake)}.
 *
 * <p>Whoever opens a lake is its administrator and closes it. {@link #as} gives the same lake seen
 * by somebody else, who may do what was granted and nothing more; such a view is not closed.
 * Closing ends what still runs; whatever had been reported as done remains, in a lake that is
 * durable.
 *
 * <p>Thread-safe.
 */
public final class Lake implements AutoCloseable {

  private final LakeState state;
  private final Principal principal;
  private final @Nullable LakeState owned;

  private Lake(LakeState state) {
    this.state = state;
    this.principal = Principal.ADMINISTRATOR;
    this.owned = state;
  }

  private Lake(LakeState state, Principal principal) {
    this.state = state;
    this.principal = principal;
    this.owned = null;
  }

  /** A lake that shares nothing with any other and of which nothing is left when it is closed. */
  public static Lake inMemory() {
    return inMemory(with -> {});
  }

  /** {@link #inMemory()} with options: {@code Lake.inMemory(with -> with.clock(virtual))}. */
  public static Lake inMemory(Consumer<LakeOptions> with) {
    return new Lake(LakeState.inMemory(options(with)));
  }

  /**
   * The lake in this folder, which is made where it is absent. It is durable, survives a crash, and
   * several processes of this machine may have it open at once.
   *
   * @throws UnavailableException if the folder cannot be written
   * @throws BadDataException if what is in it was damaged, or written by a newer SDK
   */
  public static Lake at(Path root) {
    return at(root, with -> {});
  }

  /** {@link #at(Path)} with options. */
  public static Lake at(Path root, Consumer<LakeOptions> with) {
    return new Lake(LakeState.at(Objects.requireNonNull(root, "root"), options(with)));
  }

  /** Whether {@link #at} would find a lake in this folder, and not make one. */
  public static boolean isAt(Path root) {
    return EmbeddedStorage.isAt(root);
  }

  /**
   * The lake on AWS that the settings name. Nothing is called before it is used, and nothing is
   * made by opening it: buckets and the like are made by {@code Provisioning.of(lake)}. Needs the
   * modules s3, glue, sts and apache-client of the AWS SDK, which the application adds.
   *
   * @throws InvalidDefinitionException if one of them is absent
   */
  public static Lake onAws(AwsSettings settings) {
    return onAws(settings, with -> {});
  }

  /** {@link #onAws(AwsSettings)} with options. */
  public static Lake onAws(AwsSettings settings, Consumer<LakeOptions> with) {
    Objects.requireNonNull(settings, "settings");
    return AwsBackend.needing(
        AwsBackend.MODULES, () -> new Lake(LakeState.onAws(settings, options(with))));
  }

  private static LakeOptions options(Consumer<LakeOptions> with) {
    LakeOptions options = new LakeOptions();
    with.accept(options);
    return options;
  }

  /**
   * The same lake, seen by this principal. Only the administrator can look at it as somebody else.
   *
   * @throws AccessDeniedException if this is the view of another principal
   */
  public Lake as(Principal other) {
    if (!principal.isAdministrator() && !principal.equals(other)) {
      throw new AccessDeniedException(
          "open",
          Subject.of(Subject.Kind.LAKE, state.name()),
          principal + " may not act as " + other + "; ask whoever opened the lake for that view");
    }
    return new Lake(state, other);
  }

  /** The folder that the lake was opened at, {@code in memory}, or its account and region. */
  public String name() {
    return state.name();
  }

  /** Who is asking. */
  public Principal principal() {
    return principal;
  }

  /** The only time that the lake and its layers know. */
  public Clock clock() {
    return state.clock();
  }

  public MeterRegistry metrics() {
    return state.metrics();
  }

  /** The objects of a zone, as far as the principal may read and write them. */
  public ObjectStore store(Zone zone) {
    return new AuthorizedObjectStore(zone, state.store(zone), access());
  }

  /** Asks what the principal may do. For the layers. */
  public AccessControl access() {
    return new AccessControl(
        principal,
        state::policy,
        decided ->
            emit(new AccessDecidedEvent(clock().instant(), decided.request(), decided.decision())));
  }

  /** Puts a policy in force in place of the one before, for all views. For lake-security. */
  public void enforce(AccessPolicy policy) {
    state.enforce(policy);
  }

  /** Tells the listeners. For the layers. */
  public void emit(LakeEvent event) {
    state.emit(event);
  }

  /** Adds a listener to an open lake, for all views. */
  public void listen(LakeListener listener) {
    state.listen(listener);
  }

  /** What the lake runs on. For the layers. */
  public Backend backend() {
    return state.backend();
  }

  /**
   * What every call to the world outside passes, so that faults can be injected. For the layers.
   */
  public Seam seam() {
    return state.seam();
  }

  /**
   * Something of which an open lake has one, made when it is first asked for and closed with the
   * lake. For the layers.
   */
  public <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> make) {
    return state.shared(type, make);
  }

  /**
   * Closes the lake for everybody. Does nothing on a view made with {@link #as}, and nothing the
   * second time.
   */
  @Override
  public void close() {
    if (owned != null) {
      owned.close();
    }
  }

  /** Names the lake, not what is in it. */
  @Override
  public String toString() {
    return "lake " + state.name() + " as " + principal;
  }
}
