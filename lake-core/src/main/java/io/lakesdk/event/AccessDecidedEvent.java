package io.lakesdk.event;

import io.lakesdk.Principal;
import io.lakesdk.access.AccessRequest;
import io.lakesdk.access.Decision;
import java.time.Instant;

/**
 * Somebody was allowed or refused something.
 *
 * @param at when
 * @param request who wanted what
 * @param decision the answer and its reason
 */
public record AccessDecidedEvent(Instant at, AccessRequest request, Decision decision)
    implements LakeEvent {
  @Override
  public Principal by() {
    return request.principal();
  }
}
