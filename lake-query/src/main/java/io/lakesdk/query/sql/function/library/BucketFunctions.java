package io.lakesdk.query.sql.function.library;

import io.lakesdk.query.sql.function.FunctionTable;
import java.nio.charset.StandardCharsets;

/**
 * The hash of Hive's bucketing, version 1, of one value; statements cannot call it. Hive gives a
 * varchar another one than a string. Source: {@code HiveBucketingV1} of Trino's Hive connector.
 */
final class BucketFunctions {

  private static final int FACTOR = 31;

  private BucketFunctions() {}

  static FunctionTable table() {
    return new FunctionTable()
        .java("$bucket_hash(boolean) integer", arguments -> arguments.truth(0) ? 1 : 0)
        .java("$bucket_hash(integer) integer", arguments -> arguments.whole(0))
        .java("$bucket_hash(bigint) integer", arguments -> Long.hashCode(arguments.whole(0)))
        .java(
            "$bucket_hash(real) integer",
            arguments -> Float.floatToIntBits((float) arguments.number(0)))
        .java("$bucket_hash(double) integer", arguments -> Double.hashCode(arguments.number(0)))
        .java("$bucket_hash(date) integer", arguments -> arguments.date(0).toEpochDay())
        .java("$bucket_hash(varchar(x)) integer", arguments -> text(0, arguments.text(0)))
        .java("$bucket_hash_varchar(varchar(x)) integer", arguments -> text(1, arguments.text(0)));
  }

  private static int text(int start, String text) {
    int hash = start;
    for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
      hash = hash * FACTOR + one;
    }
    return hash;
  }
}
