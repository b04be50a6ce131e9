package io.lakesdk;

import com.google.common.collect.ImmutableList;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a zone's storage shall be like: {@code Zone.CLEANED.moveTo(StorageClass.GLACIER)
 * .after(Duration.ofDays(90)).expireAfter(Duration.ofDays(3650))}. A value; {@code
 * Provisioning.of(lake)} brings the zone into this shape. All times are whole days and count from
 * an object's creation, unless they say otherwise.
 *
 * @param zone which is described
 * @param key encrypts objects that say nothing else; empty for the key that {@link AwsSettings}
 *     name for the zone, and without one for S3's own keys
 * @param moves to other storage classes, in their order
 * @param expiry after which objects are deleted; empty if never
 * @param oldVersions how long replaced and deleted versions are kept; empty for ever
 * @param archive after how many days unread an object of {@link StorageClass#INTELLIGENT_TIERING}
 *     is archived; empty if never
 * @param deepArchive likewise, for the deepest archive
 */
public record ZoneSettings(
    Zone zone,
    Optional<KeyId> key,
    ImmutableList<Move> moves,
    Optional<Duration> expiry,
    Optional<Duration> oldVersions,
    Optional<Duration> archive,
    Optional<Duration> deepArchive) {

  private static final Duration DAY = Duration.ofDays(1);
  private static final long LEAST_FOR_IA = 30;
  private static final long LEAST_FOR_ARCHIVE = 90;
  private static final long LEAST_FOR_DEEP_ARCHIVE = 180;
  private static final long MOST_FOR_ARCHIVE = 730;

  /** Objects of this age move to this storage class. */
  public record Move(StorageClass to, Duration after) {

    private boolean waitsLong() {
      return to == StorageClass.STANDARD_IA || to == StorageClass.ONEZONE_IA;
    }
  }

  /** A move that lacks its time. */
  public static final class Moving {
    private final ZoneSettings settings;
    private final StorageClass to;

    private Moving(ZoneSettings settings, StorageClass to) {
      this.settings = settings;
      this.to = to;
    }

    /** How old an object is when it moves. */
    public ZoneSettings after(Duration age) {
      ImmutableList<Move> moves =
          ImmutableList.<Move>builder().addAll(settings.moves).add(new Move(to, age)).build();
      return new ZoneSettings(
          settings.zone,
          settings.key,
          moves,
          settings.expiry,
          settings.oldVersions,
          settings.archive,
          settings.deepArchive);
    }
  }

  public ZoneSettings {
    Objects.requireNonNull(zone, "zone");
    checkMoves(zone, moves);
    checkEnds(zone, moves, expiry, oldVersions);
    checkArchives(zone, moves, archive, deepArchive);
  }

  private static void checkMoves(Zone zone, ImmutableList<Move> moves) {
    for (int i = 0; i < moves.size(); i++) {
      Move move = moves.get(i);
      requireDays(zone, "moveTo(" + move.to() + ")", move.after(), move.waitsLong() ? 30 : 0);
      if (i > 0) {
        Move before = moves.get(i - 1);
        require(
            before.to().compareTo(move.to()) < 0,
            zone,
            "objects cannot move from " + before.to() + " to " + move.to());
        long least = before.after().toDays() + (before.waitsLong() ? LEAST_FOR_IA : 1);
        require(
            move.after().toDays() >= least,
            zone,
            "objects of "
                + before.to()
                + " can move to "
                + move.to()
                + " after "
                + least
                + " days or more");
      }
    }
  }

  private static void checkEnds(
      Zone zone,
      ImmutableList<Move> moves,
      Optional<Duration> expiry,
      Optional<Duration> oldVersions) {
    expiry.ifPresent(
        end -> {
          requireDays(zone, "expireAfter", end, 1);
          moves.forEach(
              move ->
                  require(
                      end.compareTo(move.after()) > 0,
                      zone,
                      "objects expire before they move to " + move.to()));
        });
    oldVersions.ifPresent(time -> requireDays(zone, "keepOldVersions", time, 1));
  }

  private static void checkArchives(
      Zone zone,
      ImmutableList<Move> moves,
      Optional<Duration> archive,
      Optional<Duration> deepArchive) {
    archive.ifPresent(unread -> requireArchive(zone, "archive", unread, LEAST_FOR_ARCHIVE));
    deepArchive.ifPresent(
        unread -> requireArchive(zone, "deepArchive", unread, LEAST_FOR_DEEP_ARCHIVE));
    require(
        archive.isEmpty()
            || deepArchive.isEmpty()
            || archive.get().compareTo(deepArchive.get()) < 0,
        zone,
        "deepArchiveUnread comes later than archiveUnread");
    require(
        (archive.isEmpty() && deepArchive.isEmpty())
            || moves.stream().anyMatch(move -> move.to() == StorageClass.INTELLIGENT_TIERING),
        zone,
        "only what is in INTELLIGENT_TIERING is archived when unread; add"
            + " moveTo(StorageClass.INTELLIGENT_TIERING).after(...)");
  }

  private static void requireArchive(Zone zone, String option, Duration unread, long least) {
    requireDays(zone, option + "Unread", unread, least);
    require(
        unread.toDays() <= MOST_FOR_ARCHIVE,
        zone,
        option + "Unread takes " + MOST_FOR_ARCHIVE + " days at most");
  }

  private static void requireDays(Zone zone, String option, Duration time, long least) {
    require(
        DAY.multipliedBy(time.toDays()).equals(time) && time.toDays() >= least,
        zone,
        option + " takes whole days, " + least + " or more");
    require(time.toDays() <= Integer.MAX_VALUE, zone, option + " takes 2147483647 days at most");
  }

  private static void require(boolean holds, Zone zone, String reason) {
    if (!holds) {
      throw new InvalidDefinitionException("describe", Subject.zone(zone), reason);
    }
  }

  /** A zone with nothing special. */
  public static ZoneSettings of(Zone zone) {
    return new ZoneSettings(
        zone,
        Optional.empty(),
        ImmutableList.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** See {@link Zone#encryptedWith}. */
  public ZoneSettings encryptedWith(KeyId key) {
    return new ZoneSettings(
        zone, Optional.of(key), moves, expiry, oldVersions, archive, deepArchive);
  }

  /** See {@link Zone#moveTo}. */
  public Moving moveTo(StorageClass storage) {
    return new Moving(this, Objects.requireNonNull(storage, "storage"));
  }

  /** See {@link Zone#expireAfter}. */
  public ZoneSettings expireAfter(Duration age) {
    return new ZoneSettings(zone, key, moves, Optional.of(age), oldVersions, archive, deepArchive);
  }

  /** See {@link Zone#keepOldVersions}. */
  public ZoneSettings keepOldVersions(Duration time) {
    return new ZoneSettings(zone, key, moves, expiry, Optional.of(time), archive, deepArchive);
  }

  /**
   * Archives objects of {@link StorageClass#INTELLIGENT_TIERING} that nobody read for 90 to 730
   * days. No query reads them before they were restored.
   */
  public ZoneSettings archiveUnread(Duration unread) {
    return new ZoneSettings(
        zone, key, moves, expiry, oldVersions, Optional.of(unread), deepArchive);
  }

  /** As {@link #archiveUnread}, into the deepest archive, after 180 to 730 days. */
  public ZoneSettings deepArchiveUnread(Duration unread) {
    return new ZoneSettings(zone, key, moves, expiry, oldVersions, archive, Optional.of(unread));
  }
}
