package io.lakesdk;

import java.util.Locale;

/** The services of AWS that a lake calls; each may have an endpoint of its own. */
public enum AwsService {
  S3,
  GLUE,
  ATHENA,
  LAKE_FORMATION,
  STS,
  KMS;

  /** As AWS names it in endpoints: {@code lakeformation}. */
  @Override
  public String toString() {
    return name().replace("_", "").toLowerCase(Locale.ROOT);
  }
}
