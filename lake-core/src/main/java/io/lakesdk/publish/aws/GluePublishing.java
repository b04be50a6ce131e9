package io.lakesdk.publish.aws;

import io.lakesdk.AwsBackend;
import java.util.function.Supplier;

/** Publishing on S3 and Glue. */
public final class GluePublishing {

  private GluePublishing() {}

  /** See {@link io.lakesdk.Backend#atomically}. */
  public static <T> T atomically(AwsBackend backend, Supplier<T> work) {
    return work.get();
  }
}
