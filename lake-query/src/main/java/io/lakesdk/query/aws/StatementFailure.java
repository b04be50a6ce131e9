package io.lakesdk.query.aws;

import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.athena.model.AthenaError;
import software.amazon.awssdk.services.athena.model.QueryExecution;

/**
 * What the reason of a failed statement means. Athena's reasons quote data, so that only those of
 * the analysis, which speak of the statement, are passed on.
 *
 * <p>Sources: {@code AthenaError} of the Athena API reference, "Troubleshooting in Athena" of its
 * user guide, and the error codes of Trino and its Hive connector.
 */
final class StatementFailure {

  private static final Pattern CODE = Pattern.compile("^([A-Z][A-Z0-9_]+): ");
  private static final Pattern ANALYSIS = Pattern.compile("line \\d+:\\d+: .*", Pattern.DOTALL);
  private static final Pattern LITERAL = Pattern.compile("'[^']*'(?= is not a valid)");
  private static final Pattern TABLE =
      Pattern.compile("Table '(?:[^'.]+\\.)?([^'.]+)\\.([^'.]+)' does not exist");
  private static final Pattern FILE = Pattern.compile("s3://[^\\s()]+");

  private static final Set<String> ABSENT =
      Set.of("TABLE_NOT_FOUND", "SCHEMA_NOT_FOUND", "CATALOG_NOT_FOUND");

  /** Codes of what is wrong with files or values, and what is said of each. */
  private static final Map<String, String> BAD =
      Map.ofEntries(
          Map.entry("HIVE_BAD_DATA", "a file is not what its dataset says"),
          Map.entry("HIVE_CURSOR_ERROR", "a file cannot be read"),
          Map.entry("HIVE_CANNOT_OPEN_SPLIT", "a file cannot be opened"),
          Map.entry("HIVE_FILE_NOT_FOUND", "a file is gone"),
          Map.entry("HIVE_UNSUPPORTED_FORMAT", "a file has a format that Athena does not read"),
          Map.entry("HIVE_PARTITION_SCHEMA_MISMATCH", "a partition has other columns"),
          Map.entry("HIVE_INVALID_PARTITION_VALUE", "a partition's value is not of its type"),
          Map.entry("ICEBERG_BAD_DATA", "a file is not what its dataset says"),
          Map.entry("DIVISION_BY_ZERO", "division by zero"),
          Map.entry("INVALID_CAST_ARGUMENT", "a value cannot be converted to the type asked for"),
          Map.entry("NUMERIC_VALUE_OUT_OF_RANGE", "a number is out of the range of its type"),
          Map.entry("SUBQUERY_MULTIPLE_ROWS", "a scalar subquery has more than one row"),
          Map.entry(
              "INVALID_FUNCTION_ARGUMENT", "a function does not accept a value that it was given"));

  private static final int OF_USER = 2;

  private final Lake lake;
  private final Subject statement;

  StatementFailure(Lake lake, Subject statement) {
    this.lake = lake;
    this.statement = statement;
  }

  /** Whether Athena says that the same statement may succeed when it is started again. */
  static boolean mayRunAgain(QueryExecution failed) {
    AthenaError error = failed.status().athenaError();
    return error != null && Boolean.TRUE.equals(error.retryable());
  }

  LakeException of(QueryExecution failed) {
    AthenaError error = failed.status().athenaError();
    String reason = failed.status().stateChangeReason();
    if (reason == null || reason.isBlank()) {
      reason = error == null || error.errorMessage() == null ? "" : error.errorMessage();
    }
    Matcher head = CODE.matcher(reason);
    String code = head.find() ? head.group(1) : "";
    String text = reason.substring(code.isEmpty() ? 0 : head.end());
    String more = "; Athena tells more of query execution " + failed.queryExecutionId();
    if (isDenied(code, reason)) {
      return new AccessDeniedException(
          "run",
          statement,
          "Lake Formation, Glue, KMS or S3 does not allow it to "
              + lake.principal()
              + in(code)
              + more);
    }
    if (ABSENT.contains(code)) {
      return absent(text);
    }
    if (ANALYSIS.matcher(text).matches()) {
      return new InvalidDefinitionException(
          "run", statement, LITERAL.matcher(text).replaceAll("a text"));
    }
    String bad = BAD.get(code);
    if (bad != null) {
      return new BadDataException(verb(code), subject(reason, code), bad + in(code) + more);
    }
    if (isLimit(code, reason)) {
      return new UnavailableException(
          "run",
          statement,
          "it needs more memory, time or bytes than Athena or the workgroup allows; ask for less"
              + " at once"
              + in(code)
              + more);
    }
    return error != null && Integer.valueOf(OF_USER).equals(error.errorCategory())
        ? new InvalidDefinitionException("run", statement, "Athena refused it" + in(code) + more)
        : new UnavailableException("run", statement, "Athena failed" + in(code) + more);
  }

  private static String in(String code) {
    return code.isEmpty() ? "" : " (" + code + ")";
  }

  private static String verb(String code) {
    return code.startsWith("HIVE_") || code.startsWith("ICEBERG_") ? "read" : "run";
  }

  /** The file where the reason names one; its statement otherwise. */
  private Subject subject(String reason, String code) {
    Matcher file = FILE.matcher(reason);
    return verb(code).equals("read") && file.find() ? Subject.file(file.group()) : statement;
  }

  private static boolean isDenied(String code, String reason) {
    return code.equals("PERMISSION_DENIED")
        || code.equals("ACCESS_DENIED")
        || reason.contains("Insufficient Lake Formation permission")
        || reason.contains("Insufficient permissions")
        || reason.contains("is not authorized to perform")
        || reason.contains("Access Denied")
        || reason.contains("AccessDeniedException");
  }

  private static boolean isLimit(String code, String reason) {
    return code.startsWith("EXCEEDED_")
        || code.equals("HIVE_EXCEEDED_PARTITION_LIMIT")
        || reason.contains("exhausted resources")
        || reason.contains("Bytes scanned limit")
        || reason.contains("timeout");
  }

  private LakeException absent(String text) {
    Matcher table = TABLE.matcher(text);
    if (lake.principal().isAdministrator() && table.find()) {
      Optional<NotFoundException> near = near(table.group(1), table.group(2));
      if (near.isPresent()) {
        return near.get();
      }
    }
    return new NotFoundException("run", statement, text);
  }

  /** The catalog's own answer, which suggests near names. */
  private Optional<NotFoundException> near(String database, String table) {
    try {
      Catalog.of(lake).dataset(new DatasetId(database, table));
      return Optional.empty();
    } catch (NotFoundException e) {
      return Optional.of(e);
    } catch (LakeException catalogDoesNotTell) {
      return Optional.empty();
    }
  }
}
