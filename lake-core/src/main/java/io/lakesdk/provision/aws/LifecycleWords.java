package io.lakesdk.provision.aws;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleExpiration;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;
import software.amazon.awssdk.services.s3.model.NoncurrentVersionExpiration;
import software.amazon.awssdk.services.s3.model.Transition;

/** Says what a lifecycle rule does; rules that do different things are said differently. */
final class LifecycleWords {

  private LifecycleWords() {}

  static String of(LifecycleRule rule) {
    List<String> what = new ArrayList<>();
    for (Transition move : rule.transitions()) {
      String when =
          move.days() == null ? "on " + move.date() : "after " + days(move.days().longValue());
      what.add("objects move to " + move.storageClassAsString() + " " + when);
    }
    if (rule.expiration() != null) {
      what.addAll(of(rule.expiration()));
    }
    rule.noncurrentVersionTransitions().forEach(move -> what.add("old versions: " + move));
    if (rule.noncurrentVersionExpiration() != null) {
      what.add(of(rule.noncurrentVersionExpiration()));
    }
    if (rule.abortIncompleteMultipartUpload() != null) {
      Integer days = rule.abortIncompleteMultipartUpload().daysAfterInitiation();
      what.add("unfinished uploads are given up after " + days(days == null ? 0 : days));
    }
    String text = String.join(", ", what) + where(rule);
    return rule.status() == ExpirationStatus.ENABLED ? text : text + " (disabled)";
  }

  private static List<String> of(LifecycleExpiration expiration) {
    List<String> what = new ArrayList<>();
    if (expiration.days() != null && expiration.days() > 0) {
      what.add("objects are deleted after " + days(expiration.days()));
    }
    if (expiration.date() != null) {
      what.add("objects are deleted on " + expiration.date());
    }
    if (Boolean.TRUE.equals(expiration.expiredObjectDeleteMarker())) {
      what.add("delete markers of nothing are deleted");
    }
    return what;
  }

  private static String of(NoncurrentVersionExpiration expiration) {
    Integer kept = expiration.newerNoncurrentVersions();
    Integer days = expiration.noncurrentDays();
    return "old versions are deleted after "
        + days(days == null ? 0 : days)
        + (kept == null ? "" : " but for " + kept);
  }

  private static String where(LifecycleRule rule) {
    LifecycleRuleFilter filter = rule.filter();
    if (filter != null
        && (filter.tag() != null
            || filter.and() != null
            || filter.objectSizeGreaterThan() != null
            || filter.objectSizeLessThan() != null)) {
      return ", where " + filter;
    }
    String prefix = filter == null ? oldPrefix(rule) : filter.prefix();
    return prefix == null || prefix.isEmpty() ? "" : ", below " + prefix;
  }

  @SuppressWarnings("deprecation") // rules of others may still have it
  private static String oldPrefix(LifecycleRule rule) {
    return rule.prefix() == null ? "" : rule.prefix();
  }

  private static String days(long days) {
    return days == 1 ? "1 day" : days + " days";
  }
}
