package io.lakesdk.query.sql.function.library;

import io.lakesdk.query.sql.function.Functions;
import java.util.List;

/** The functions of Athena engine version 3, as far as they are supported. */
public final class AthenaFunctions {

  private static final Functions ALL =
      new Functions(
          List.of(
              ArrayFunctions.table(),
              LambdaFunctions.table(),
              MapFunctions.table(),
              StringFunctions.table(),
              WordFunctions.table(),
              EncodingFunctions.table(),
              UrlFunctions.table(),
              FormatFunctions.table(),
              ProbabilityFunctions.table(),
              JsonFunctions.table(),
              BitFunctions.table(),
              BucketFunctions.table(),
              RegularExpressionFunctions.table(),
              MathFunctions.table(),
              DateFunctions.table(),
              ZonedFunctions.table(),
              AggregateFunctions.table(),
              CollectingFunctions.table()));

  private AthenaFunctions() {}

  public static Functions all() {
    return ALL;
  }
}
