package io.lakesdk.security;

import io.lakesdk.AwsBackend;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.Principal;
import io.lakesdk.VirtualClock;
import io.lakesdk.Zone;
import io.lakesdk.access.Action;
import io.lakesdk.access.Decision;
import io.lakesdk.access.Resource;
import io.lakesdk.error.OutcomeUnknownException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.fault.Call;
import io.lakesdk.fault.Faults;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A lake with a virtual clock, whose metadata can be made to fail. */
public abstract class SecurityFixture {

  protected static final Principal ANALYST = Principal.role("analyst");
  protected static final Principal ADA = Principal.user("ada");
  protected static final Resource FLIGHTS =
      Resource.dataset(DatasetId.parse("aviation.flights"), Zone.CURATED);

  protected final VirtualClock clock = VirtualClock.at("2026-01-01T00:00:00Z");
  protected final AtomicBoolean writesFail = new AtomicBoolean();
  protected final AtomicBoolean readsFail = new AtomicBoolean();
  protected final AtomicBoolean answersGetLost = new AtomicBoolean();
  protected final AtomicInteger writes = new AtomicInteger();
  protected Lake lake;
  protected Security security;

  /** Opens the test's lake. Where {@link #isDurable}, each time the same one. */
  protected abstract Lake open(Consumer<LakeOptions> with);

  /**
   * Whether what was written is there when the lake is opened again, and while it is open twice.
   */
  protected abstract boolean isDurable();

  @BeforeEach
  void openLake() {
    lake = open(with -> with.clock(clock).faults(faults()));
    security = Security.of(lake);
  }

  @AfterEach
  void closeLake() {
    lake.close();
  }

  /** An embedded lake keeps metadata in a database, a lake on AWS in objects of a zone. */
  private Faults faults() {
    Faults faults = Faults.none();
    for (Call write : List.of(Call.WRITE_METADATA, Call.PUT_OBJECT)) {
      faults =
          faults
              .andOn(write)
              .before(subject -> ifMetadata(subject, () -> failIf(writesFail, subject)))
              .andOn(write)
              .after(subject -> ifMetadata(subject, () -> written(subject)));
    }
    for (Call read : List.of(Call.READ_METADATA, Call.GET_OBJECT, Call.HEAD_OBJECT)) {
      faults =
          faults
              .andOn(read)
              .before(subject -> ifMetadata(subject, () -> failIf(readsFail, subject)));
    }
    return faults;
  }

  private static void ifMetadata(Subject subject, Runnable fault) {
    if (subject.kind() != Subject.Kind.OBJECT
        || subject.name().startsWith(AwsBackend.METADATA + "/")) {
      fault.run();
    }
  }

  private void written(Subject subject) {
    writes.incrementAndGet();
    if (answersGetLost.get()) {
      throw new OutcomeUnknownException("write", subject, "the test lost the answer");
    }
  }

  private static void failIf(AtomicBoolean wanted, Subject subject) {
    if (wanted.get()) {
      throw new UnavailableException("use", subject, "the test wants it so");
    }
  }

  protected Decision select(Principal principal, String... columns) {
    return decide(principal, Action.SELECT, FLIGHTS, columns);
  }

  protected Decision decide(
      Principal principal, Action action, Resource resource, String... columns) {
    return lake.as(principal).access().decide(action, resource, Set.of(columns));
  }

  protected Security as(Principal principal) {
    return Security.of(lake.as(principal));
  }
}
