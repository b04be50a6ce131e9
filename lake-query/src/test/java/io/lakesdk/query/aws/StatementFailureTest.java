package io.lakesdk.query.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Lake;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.query.Query;
import io.lakesdk.query.Rows;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a failed statement is told as, for each sort of reason. */
class StatementFailureTest {

  private static final String MORE = "; Athena tells more of query execution q1";

  static Stream<Arguments> reasons() {
    return Stream.of(
        Arguments.of(
            "SYNTAX_ERROR: line 1:8: Column 'y' cannot be resolved",
            InvalidDefinitionException.class,
            "Cannot run query over sales.orders: line 1:8: Column 'y' cannot be resolved"),
        Arguments.of(
            "COLUMN_NOT_FOUND: line 1:8: Column 'y' cannot be resolved or requester is not"
                + " authorized to access requested resources",
            InvalidDefinitionException.class,
            "Cannot run query over sales.orders: line 1:8: Column 'y' cannot be resolved or"
                + " requester is not authorized to access requested resources"),
        Arguments.of(
            "TYPE_MISMATCH: line 1:30: Cannot apply operator: bigint = varchar(2)",
            InvalidDefinitionException.class,
            "Cannot run query over sales.orders: line 1:30: Cannot apply operator: bigint ="
                + " varchar(2)"),
        Arguments.of(
            "INVALID_LITERAL: line 1:8: 'my secret' is not a valid DATE literal",
            InvalidDefinitionException.class,
            "Cannot run query over sales.orders: line 1:8: a text is not a valid DATE literal"),
        Arguments.of(
            "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.sales.orders' does not exist",
            NotFoundException.class,
            "Cannot find dataset sales.orders: there is no such dataset that you may see; list()"
                + " shows what there is; register it, or load data into it"),
        Arguments.of(
            "SCHEMA_NOT_FOUND: line 1:15: Schema 'sales' does not exist",
            NotFoundException.class,
            "Cannot run query over sales.orders: line 1:15: Schema 'sales' does not exist"),
        Arguments.of(
            "HIVE_BAD_DATA: Error parsing field value 'my secret' for field 3: For input string",
            BadDataException.class,
            "Cannot read query over sales.orders: a file is not what its dataset says"
                + " (HIVE_BAD_DATA)"
                + MORE),
        Arguments.of(
            "HIVE_CURSOR_ERROR: Failed to read Parquet file: s3://acme-curated/a/b.parquet",
            BadDataException.class,
            "Cannot read file s3://acme-curated/a/b.parquet: a file cannot be read"
                + " (HIVE_CURSOR_ERROR)"
                + MORE),
        Arguments.of(
            "DIVISION_BY_ZERO: Division by zero",
            BadDataException.class,
            "Cannot run query over sales.orders: division by zero (DIVISION_BY_ZERO)" + MORE),
        Arguments.of(
            "INVALID_CAST_ARGUMENT: Cannot cast 'my secret' to INT",
            BadDataException.class,
            "Cannot run query over sales.orders: a value cannot be converted to the type asked for"
                + " (INVALID_CAST_ARGUMENT)"
                + MORE),
        Arguments.of(
            "Insufficient Lake Formation permission(s): Required Select on orders",
            AccessDeniedException.class,
            "Cannot run query over sales.orders: Lake Formation, Glue, KMS or S3 does not allow it"
                + " to administrator"
                + MORE),
        Arguments.of(
            "PERMISSION_DENIED: User: arn:aws:iam::1:role/x is not authorized to perform: s3:Get",
            AccessDeniedException.class,
            "Cannot run query over sales.orders: Lake Formation, Glue, KMS or S3 does not allow it"
                + " to administrator (PERMISSION_DENIED)"
                + MORE),
        Arguments.of(
            "EXCEEDED_MEMORY_LIMIT: Query exceeded per-node memory limit of 1GB",
            UnavailableException.class,
            "Cannot run query over sales.orders: it needs more memory, time or bytes than Athena or"
                + " the workgroup allows; ask for less at once (EXCEEDED_MEMORY_LIMIT)"
                + MORE),
        Arguments.of(
            "Bytes scanned limit was exceeded",
            UnavailableException.class,
            "Cannot run query over sales.orders: it needs more memory, time or bytes than Athena or"
                + " the workgroup allows; ask for less at once"
                + MORE),
        Arguments.of(
            "GENERIC_INTERNAL_ERROR: my secret",
            UnavailableException.class,
            "Cannot run query over sales.orders: Athena failed (GENERIC_INTERNAL_ERROR)" + MORE),
        Arguments.of(
            "",
            UnavailableException.class,
            "Cannot run query over sales.orders: Athena failed" + MORE));
  }

  private static LakeException failure(String reason, int category) {
    FakeAthena athena = new FakeAthena();
    athena.then("GetQueryExecution", FakeAthena.failed(reason, category, false));
    try (Lake lake = athena.lake();
        Rows rows =
            FakeAthena.engine(lake, Pause.real()).run(Query.sql("SELECT x FROM sales.orders"))) {
      rows.asLists().forEach(row -> {});
    } catch (LakeException e) {
      return e;
    }
    throw new AssertionError("nothing failed");
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void isOfItsKindAndTellsNoData(String reason, Class<?> kind, String message) {
    assertThat(failure(reason, 1)).isInstanceOf(kind).hasMessage(message);
  }

  @Test
  void ofTheUsersFaultIsNoReasonToTryAgain() {
    assertThat(failure("SOMETHING_NEW: my secret", 2))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage("Cannot run query over sales.orders: Athena refused it (SOMETHING_NEW)" + MORE);
  }
}
