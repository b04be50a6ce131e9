package io.lakesdk.provision;

import io.lakesdk.AwsBackend;
import io.lakesdk.Lake;
import io.lakesdk.ZoneSettings;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.provision.aws.S3Provisioning;
import io.lakesdk.provision.embedded.EmbeddedProvisioning;
import java.util.List;

/**
 * Makes the storage of a lake and keeps it in shape:
 *
 * <pre>{@code
 * Provisioning provisioning = Provisioning.of(lake);
 * Plan plan = provisioning.plan(ZoneSettings.of(Zone.RAW), Zone.CLEANED.expireAfter(...));
 * System.out.println(plan);
 * provisioning.apply(plan);
 * }</pre>
 *
 * <p>On AWS each zone's bucket gets: its region, default encryption with the zone's KMS key and
 * bucket keys (or with S3's own keys), all four blocks of public access, no ACLs (the bucket's
 * owner owns every object), versions, rules that move and delete objects and that give up uploads
 * after 7 days, archives of intelligent tiering, a policy that refuses calls without TLS, and the
 * tags {@code lake} and {@code zone}. Where the endpoint of S3 is an {@code http} one, as an
 * emulator's, there is no such policy, since it would lock the lake out. Whatever others set on a
 * bucket (rules, statements of its policy, tags) is kept.
 *
 * <p>Every method is about the zones that are given, and about {@code Zone.RAW}, {@code CLEANED}
 * and {@code CURATED} with nothing special if none are; other zones are left alone. The zone in
 * which the SDK keeps what it knows of the lake is always one of them; unless it is given, it has
 * nothing special and old versions for 30 days.
 *
 * <p>An embedded lake has nothing to make: its plans are empty, and settings that only AWS has are
 * refused. Thread-safe.
 */
public interface Provisioning {

  /**
   * Provisions this lake.
   *
   * @throws AccessDeniedException unless the lake is its administrator's
   */
  static Provisioning of(Lake lake) {
    if (!lake.principal().isAdministrator()) {
      throw new AccessDeniedException(
          "provision",
          Subject.of(Subject.Kind.LAKE, lake.name()),
          lake.principal() + " is not its administrator; ask whoever opened the lake");
    }
    return lake.backend() instanceof AwsBackend aws
        ? new S3Provisioning(aws)
        : new EmbeddedProvisioning(lake.name());
  }

  /**
   * What must change for the zones to be as described; nothing if they are. Changes nothing.
   *
   * @throws InvalidDefinitionException if the zones cannot be so, or a bucket is in another region
   * @throws AccessDeniedException if a bucket belongs to another account, or calls are not allowed
   * @throws NotFoundException if there is no such KMS key
   */
  Plan plan(ZoneSettings... zones);

  /**
   * Does what the plan says, and nothing else. If it fails in the middle, what was done before
   * stays done, and another plan shows the rest.
   *
   * @return what was changed, in the order in which it was
   * @throws ConflictException if something changed since it was planned, in which case nothing is
   *     done
   * @throws AlreadyExistsException if the name of a new bucket is taken by another account
   * @throws AccessDeniedException if the credentials may not do it
   */
  List<Change> apply(Plan plan);

  /**
   * Finds out whether the lake can be used: credentials that AWS knows and a clock that is right;
   * buckets that exist, in the lake's region and of the right account; KMS keys that can be used.
   * Changes nothing.
   *
   * @throws AccessDeniedException for credentials that are absent, unknown or expired, a clock that
   *     is off, and buckets of another account
   * @throws NotFoundException for a bucket or key that does not exist
   * @throws InvalidDefinitionException for a bucket or key in another region, and a key that cannot
   *     encrypt
   * @throws UnavailableException if AWS cannot be reached
   */
  void check(ZoneSettings... zones);
}
