package io.lakesdk.security.aws;

import io.lakesdk.security.decision.AuditKeeper.Numbered;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key of an object of the audit: {@code
 * security/audit/2026-01-31/235959.000000000-120000.000000000-<writer>-<sequence>-<count>.jsonl}.
 * The same entries have the same key, so that writing them again makes no second object.
 *
 * @param last the time of the newest entry
 * @param first the time of the oldest entry, of the same day
 * @param rest what tells objects of the same times apart
 */
record AuditKey(Instant last, Instant first, String rest) {

  static final String FOLDER = "security/audit/";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HHmmss.nnnnnnnnn", Locale.ROOT);
  private static final Pattern KEY =
      Pattern.compile(FOLDER + "([^/]+)/([\\d.]+)-([\\d.]+)-([0-9a-f]+-\\d+-\\d+)\\.jsonl");

  /** {@code entries} are of one day. */
  static AuditKey of(List<Numbered> entries) {
    List<Instant> times = entries.stream().map(numbered -> numbered.entry().at()).sorted().toList();
    Numbered start = entries.get(0);
    return new AuditKey(
        times.get(times.size() - 1),
        times.get(0),
        Long.toHexString(start.writer()) + "-" + start.sequence() + "-" + entries.size());
  }

  /** Empty for an object that somebody else put there. */
  static Optional<AuditKey> parse(String key) {
    Matcher parts = KEY.matcher(key);
    try {
      return parts.matches()
          ? Optional.of(
              new AuditKey(
                  at(parts.group(1), parts.group(2)),
                  at(parts.group(1), parts.group(3)),
                  parts.group(4)))
          : Optional.empty();
    } catch (DateTimeException notOurs) {
      return Optional.empty();
    }
  }

  private static Instant at(String day, String time) {
    return LocalDate.parse(day).atTime(LocalTime.parse(time, TIME)).toInstant(ZoneOffset.UTC);
  }

  static LocalDate day(Numbered numbered) {
    return day(numbered.entry().at());
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  /** The day of a folder; empty for a folder that somebody else put there. */
  static Optional<LocalDate> day(String folder) {
    try {
      return Optional.of(LocalDate.parse(folder.substring(FOLDER.length(), folder.length() - 1)));
    } catch (DateTimeException notOurs) {
      return Optional.empty();
    }
  }

  static String folder(LocalDate day) {
    return FOLDER + day + "/";
  }

  static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** The start of the next day. */
  static Instant end(LocalDate day) {
    return start(day.plusDays(1));
  }

  @Override
  public String toString() {
    return folder(day(last)) + time(last) + "-" + time(first) + "-" + rest + ".jsonl";
  }

  private static String time(Instant at) {
    return TIME.format(at.atOffset(ZoneOffset.UTC));
  }
}
