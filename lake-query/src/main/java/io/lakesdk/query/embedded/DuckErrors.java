package io.lakesdk.query.embedded;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.query.duckdb.Texts;
import io.lakesdk.query.sql.SqlErrors;
import io.lakesdk.storage.ObjectRef;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the SDK's errors of DuckDB's, and is the only place that does. DuckDB's messages quote
 * data, so nothing of them is passed on but the kind of fault, the number of a row, and which file
 * and column it is, which are looked up in the plan.
 */
final class DuckErrors {

  /** What the messages begin with that writing raises; the column's number follows. */
  static final String WRITE_RAISED = "lakesdk-write:";

  /** Why a statement has failed for which DuckDB had a fatal error. */
  static final String STARTED_ANEW =
      "the engine failed with an error of its own, in this statement or in one beside it, and was"
          + " started anew; run it again";

  private static final Pattern PATH =
      Pattern.compile("(?:[Ff]ile |file = |open )['\"]?(/[^'\"\\n]+)['\"]?");
  private static final Pattern CSV_ROW = Pattern.compile("CSV Error on Line: (\\d+)");
  private static final Pattern JSON_ROW =
      Pattern.compile("(?:at byte \\d+ )?in (line|record/value) (\\d+)");
  private static final Pattern SCAN =
      Pattern.compile(Pattern.quote(Texts.TextColumns.RAISED) + "(\\d+):(\\d+):(\\d+)");
  private static final Pattern BAD_PARQUET =
      Pattern.compile(
          "[Cc]onverted type|DECIMAL requires|Invalid DECIMAL|requires length to be set"
              + "|requires two children|Incorrect stats size|in value construction"
              + "|Failed to read file|Parquet file");
  private static final Pattern WRITE = Pattern.compile(Pattern.quote(WRITE_RAISED) + "(\\d+)");

  private final Duck duck;
  private final Plan plan;

  DuckErrors(Duck duck, Plan plan) {
    this.duck = duck;
    this.plan = plan;
  }

  static LakeException stopped(Plan plan, String reason) {
    return new UnavailableException("run", plan.subject(), reason);
  }

  /** Whether the driver has lost what DuckDB said. */
  static boolean isWithoutReason(SQLException failure) {
    return String.valueOf(failure.getMessage()).contains("Invalid result set");
  }

  /** Whether a failure can have ended the database. */
  static boolean mayBeFatal(SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    return message.startsWith("FATAL")
        || message.startsWith("INTERNAL")
        || DuckDatabase.isRefusal(failure)
        || isWithoutReason(failure);
  }

  /** The error to throw for what DuckDB said. */
  RuntimeException translate(SQLException failure) {
    duck.failed(failure);
    if (DuckDatabase.isRefusal(failure)) {
      return stopped(plan, STARTED_ANEW);
    }
    Optional<LakeException> ofRows = plan.rowFailure();
    if (ofRows.isPresent()) {
      return ofRows.get();
    }
    String message = String.valueOf(failure.getMessage());
    String first = message.lines().findFirst().orElse("");
    Matcher write = WRITE.matcher(first);
    if (write.find()) {
      return plan.misfit(Integer.parseInt(write.group(1)));
    }
    Matcher scan = SCAN.matcher(first);
    if (scan.find()) {
      return new FaultFinder(duck, plan)
          .value(
              Integer.parseInt(scan.group(1)),
              Integer.parseInt(scan.group(2)),
              Integer.parseInt(scan.group(3)));
    }
    int raised = first.indexOf(SqlErrors.RAISED);
    if (raised >= 0 && raised < 40) {
      return bad(first.substring(raised + SqlErrors.RAISED.length()));
    }
    if (isWithoutReason(failure)) {
      return stopped(plan, "it failed, and did not fail again when it was repeated; run it again");
    }
    Optional<String> reason = SqlErrors.raised(first);
    if (reason.isPresent()) {
      return bad(reason.get());
    }
    if (first.startsWith("INTERRUPT")) {
      return stopped(plan, "it was cancelled");
    }
    if (first.startsWith("Out of Memory Error")) {
      return new UnavailableException(
          "run",
          plan.subject(),
          "it needs more memory, or room for what does not fit in memory, than the engine has");
    }
    if (message.contains("No space left on device")) {
      return new UnavailableException("run", plan.subject(), "the disk is full");
    }
    if (first.contains("Max expression depth") || first.contains("Maximum tree depth")) {
      return new InvalidDefinitionException(
          "run",
          plan.subject(),
          "it nests too deeply, or chains too many operators, for the engine; split it");
    }
    return fileFault(message, first).orElseGet(() -> valueFault(first));
  }

  private Optional<RuntimeException> fileFault(String message, String first) {
    Optional<String> fault =
        message.contains("CSV Error") || message.contains("CSV Parser state machine")
            ? Optional.of(csvFault(message))
            : jsonFault(first).or(() -> otherFault(first));
    return fault.map(
        reason -> {
          Optional<ObjectRef> file = file(message);
          if (file.isEmpty() && !message.contains("JSON")) {
            file = new FaultFinder(duck, plan).brokenFile();
          }
          return new BadDataException(
              "read",
              file.map(ref -> Subject.object(ref.zone(), ref.key())).orElseGet(plan::subject),
              reason);
        });
  }

  private Optional<ObjectRef> file(String message) {
    Matcher path = PATH.matcher(message);
    while (path.find()) {
      Optional<ObjectRef> file = plan.object(path.group(1).strip());
      if (file.isPresent()) {
        return file;
      }
    }
    return plan.objects().size() == 1
        ? plan.objects().values().stream().findFirst()
        : Optional.empty();
  }

  private static String csvFault(String message) {
    Matcher row = CSV_ROW.matcher(message);
    String where = row.find() ? "in row " + row.group(1) + " (the first line is row 1) " : "";
    // What follows the row's own text, which is the second line and data.
    int original = message.indexOf("Original Line:");
    String kinds = original < 0 ? message : message.substring(message.indexOf('\n', original) + 1);
    if (kinds.contains("Expected Number of Columns")) {
      return where + "the number of values is not the number of columns";
    }
    if (kinds.contains("unterminated quote") || kinds.contains("unquoted value")) {
      return where + "a quote is not closed, or text follows one that is";
    }
    if (kinds.contains("not utf-8") || kinds.contains("Invalid unicode")) {
      return where + "the text is not UTF-8";
    }
    if (kinds.contains("Maximum line size")) {
      return where + "the line is longer than 2,000,000 bytes";
    }
    if (kinds.contains("state machine")) {
      return where + "lines end in different ways, some with CR LF and some with LF";
    }
    return where + "it is not well-formed CSV";
  }

  private static Optional<String> jsonFault(String first) {
    boolean malformed = first.contains("Malformed JSON in file");
    if (!malformed && !first.contains("JSON transform error in file")) {
      return Optional.empty();
    }
    Matcher row = JSON_ROW.matcher(first);
    String where = "";
    if (row.find()) {
      boolean line = row.group(1).equals("line");
      // DuckDB counts one line too many where the text itself is broken.
      long number = Long.parseLong(row.group(2)) - (malformed && line ? 1 : 0);
      where = "in " + (line ? "line " : "object ") + Math.max(1, number) + " ";
    }
    return Optional.of(
        where
            + (malformed
                ? "the text is not well-formed JSON"
                : "there is something other than an object, or an object has a key twice"));
  }

  private static Optional<String> otherFault(String first) {
    if (first.contains("too small to be a Parquet file")
        || first.contains("No magic bytes found")
        || first.contains("Footer length error")) {
      return Optional.of("it is no Parquet file, or was cut off");
    }
    if (first.contains("GZIP stream: ") || first.contains("gzip stream: ")) {
      return Optional.of("it is named .gz and is not a whole file of gzip");
    }
    if (first.contains("is encrypted")) {
      return Optional.of("it is encrypted, which is not supported");
    }
    if (first.contains("Unsupported compression codec")) {
      return Optional.of("it is compressed with a codec that is not supported");
    }
    boolean damaged =
        first.startsWith("Invalid Error")
            || first.startsWith("Data Corruption Error")
            || BAD_PARQUET.matcher(first).find()
            || first.contains("TProtocolException")
            || first.contains("Prefetch registered")
            || first.contains("Out of buffer")
            || first.contains("ecompress");
    if (damaged) {
      return Optional.of("its content is damaged");
    }
    return first.contains("No files found that match") || first.contains("Cannot open file")
        ? Optional.of("it is gone while it was read")
        : Optional.empty();
  }

  private RuntimeException valueFault(String first) {
    if (first.startsWith("Conversion Error")) {
      return bad("a value cannot be converted to the type that is asked for");
    }
    if (first.startsWith("Out of Range Error")) {
      return bad("a number is out of the range of its type");
    }
    if (first.contains("Division by zero")) {
      return bad("division by zero");
    }
    if (first.startsWith("IO Error")) {
      return new UnavailableException("run", plan.subject(), "a file could not be read or written");
    }
    if (first.startsWith("Invalid Input Error")) {
      return bad("a function does not accept a value that it was given");
    }
    int end = first.indexOf(" Error:");
    return new IllegalStateException(
        "The engine refused a translated statement: "
            + (end < 0 ? "unknown" : first.substring(0, end))
            + " error");
  }

  private LakeException bad(String reason) {
    return new BadDataException("run", plan.subject(), reason);
  }
}
