package io.lakesdk.query.aws;

import io.lakesdk.AwsBackend;
import io.lakesdk.AwsService;
import io.lakesdk.Principal;
import io.lakesdk.aws.AwsConnection;
import io.lakesdk.aws.AwsConnection.Calls;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.Subject;
import io.lakesdk.fault.Call;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.GetQueryResultsResponse;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.WorkGroup;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** The calls for statements, made under one principal's credentials. Thread-safe. */
final class AthenaCalls {

  /** The most rows that Athena gives at once. */
  private static final int PAGE = 1000;

  private final String workgroup;
  private final AthenaClient athena;
  private final S3Client s3;
  private final Calls calls;
  private final Calls objects;

  /**
   * @param workgroup in which statements run
   */
  AthenaCalls(AwsBackend backend, Principal principal, String workgroup) {
    AwsConnection connection = backend.connection();
    this.workgroup = workgroup;
    this.athena = connection.client(AwsService.ATHENA, principal, AthenaClient.builder());
    this.s3 = connection.client(AwsService.S3, principal, S3Client.builder());
    AthenaErrors errors = new AthenaErrors(workgroup, backend.settings());
    this.calls = connection.calls(AwsService.ATHENA, errors);
    this.objects = connection.calls(AwsService.S3, errors);
  }

  /** Starts a statement; the request's token makes sure that it runs once. */
  String start(Subject statement, StartQueryExecutionRequest request) {
    return calls.repeat(
        Call.START_STATEMENT,
        "run",
        statement,
        () -> athena.startQueryExecution(request).queryExecutionId());
  }

  /** How far a statement is. */
  QueryExecution state(Subject statement, String id) {
    return calls.read(
        Call.FOLLOW_STATEMENT,
        "run",
        statement,
        () -> athena.getQueryExecution(q -> q.queryExecutionId(id)).queryExecution());
  }

  /** Rows of a statement that succeeded. */
  GetQueryResultsResponse page(Subject statement, String id, Optional<String> token) {
    return calls.read(
        Call.FETCH_ROWS,
        "read",
        statement,
        () ->
            athena.getQueryResults(
                q -> q.queryExecutionId(id).nextToken(token.orElse(null)).maxResults(PAGE)));
  }

  /** Stops a statement; one that has ended stays as it is. */
  void stop(Subject statement, String id) {
    Object unused =
        calls.repeat(
            Call.STOP_STATEMENT,
            "stop",
            statement,
            () -> athena.stopQueryExecution(q -> q.queryExecutionId(id)));
  }

  WorkGroup workgroup() {
    return calls.read(
        Call.FOLLOW_STATEMENT,
        "use",
        Subject.option("workgroup"),
        () -> athena.getWorkGroup(w -> w.workGroup(workgroup)).workGroup());
  }

  /**
   * A part of an object, cut at its end.
   *
   * @param etag that it must have, if one is known
   */
  ResponseBytes<GetObjectResponse> part(
      Subject statement, S3Location file, long from, int length, Optional<String> etag) {
    return objects.read(
        Call.GET_OBJECT,
        "read",
        statement,
        () -> {
          ResponseBytes<GetObjectResponse> part =
              s3.getObjectAsBytes(
                  get ->
                      get.bucket(file.bucket())
                          .key(file.key())
                          .range("bytes=" + from + "-" + (from + length - 1))
                          .ifMatch(etag.orElse(null)));
          if (part.asByteArrayUnsafe().length != part.response().contentLength()) {
            throw new BadDataException(
                "read", statement, "a part of the file with its rows is cut");
          }
          return part;
        });
  }

  /** An object of S3, in any bucket. */
  record S3Location(String bucket, String key) {

    private static final String SCHEME = "s3://";

    /** Reads {@code s3://bucket/key}; empty for anything else. */
    static Optional<S3Location> parse(String uri) {
      int slash = uri.startsWith(SCHEME) ? uri.indexOf('/', SCHEME.length()) : -1;
      return slash < 0
          ? Optional.empty()
          : Optional.of(
              new S3Location(uri.substring(SCHEME.length(), slash), uri.substring(slash + 1)));
    }
  }
}
