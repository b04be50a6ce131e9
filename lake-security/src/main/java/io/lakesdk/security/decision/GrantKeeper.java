package io.lakesdk.security.decision;

import io.lakesdk.error.ConflictException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.security.Grant;
import java.util.function.Function;

/**
 * Keeps the grants of a lake. A change is in force for everybody who asks for {@link #current}
 * after it returned. Implementations are thread-safe.
 */
public interface GrantKeeper {

  /**
   * The grants as they are now.
   *
   * @throws UnavailableException if that cannot be found out; they are never answered from memory
   *     alone
   */
  Grants current();

  /**
   * Adds the grant unless it is there, and keeps a note of that with it: both or neither.
   *
   * @param note makes the note from what happened: "granted" or "had been granted before"
   * @throws ConflictException if too many others change the grants
   */
  void add(Grant grant, Function<String, AuditKeeper.Numbered> note);

  /**
   * Removes the grant, and keeps a note of that with it: both or neither.
   *
   * @param note makes the note from what happened: "revoked"
   * @return whether it was there; if not, nothing is noted
   * @throws ConflictException if too many others change the grants
   */
  boolean remove(Grant grant, Function<String, AuditKeeper.Numbered> note);
}
