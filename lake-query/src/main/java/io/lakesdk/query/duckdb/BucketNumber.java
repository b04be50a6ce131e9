package io.lakesdk.query.duckdb;

import io.lakesdk.Bucketing;
import io.lakesdk.query.sql.function.Argument;
import io.lakesdk.query.sql.function.library.AthenaFunctions;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.type.SqlTypes;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.Schema;
import io.lakesdk.schema.VarcharType;
import java.util.List;

/** Writes SQL for the bucket that a row belongs to. */
public final class BucketNumber {

  private static final long BITS_OF_INT = 0xFFFF_FFFFL;

  private BucketNumber() {}

  /**
   * The number, from 0.
   *
   * @param columns which have the names and the types of DuckDB that a file of these columns has
   */
  public static String sql(Bucketing bucketing, Schema columns) {
    String hash = "CAST(0 AS BIGINT)";
    for (String name : bucketing.columns()) {
      Column column = columns.find(name).orElseThrow();
      hash = "((" + hash + " * 31 + " + hash(column) + ") & " + BITS_OF_INT + ")";
    }
    return "(" + hash + " & " + Integer.MAX_VALUE + ") % " + bucketing.count();
  }

  private static String hash(Column column) {
    Typed value = Typed.name(SqlText.name(column.name()), SqlTypes.of(column.type()));
    boolean varchar = column.type() instanceof VarcharType;
    String function = varchar ? "$bucket_hash_varchar" : "$bucket_hash";
    Typed hash = AthenaFunctions.all().call(function, List.of(new Argument.Value(value)));
    return "CAST(coalesce(" + hash.sql() + ", 0) AS BIGINT)";
  }
}
