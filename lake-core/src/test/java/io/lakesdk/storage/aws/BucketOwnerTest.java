package io.lakesdk.storage.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.emulator.ScriptedHttp;
import io.lakesdk.emulator.ScriptedHttp.Answer;
import io.lakesdk.emulator.ScriptedHttp.Request;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.storage.ListOptions;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.ObjectUpload;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.ReadOptions;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A bucket that somebody else has under the name of one of the lake's. */
class BucketOwnerTest {

  private static final String OWNER = "444455556666";
  private static final String HEADER = "x-amz-expected-bucket-owner";
  private static final String SOURCE_HEADER = "x-amz-source-expected-bucket-owner";
  private static final byte[] LARGE = new byte[S3Transfers.PART + 1];

  /** Answers to everything as S3 does where one object is. */
  private static Answer s3(Request request) {
    Map<String, String> headers = new HashMap<>();
    headers.put("ETag", "\"e1\"");
    headers.put("x-amz-version-id", "v1");
    headers.put("Last-Modified", "Tue, 24 Nov 2026 07:00:00 GMT");
    String query = request.uri().getQuery() == null ? "" : request.uri().getQuery();
    if (request.method().equals("POST")) {
      return new Answer(
          200,
          headers,
          query.startsWith("uploads")
              ? "<InitiateMultipartUploadResult><UploadId>u1</UploadId>"
                  + "</InitiateMultipartUploadResult>"
              : query.startsWith("delete")
                  ? "<DeleteResult/>"
                  : "<CompleteMultipartUploadResult><ETag>\"e1\"</ETag>"
                      + "</CompleteMultipartUploadResult>");
    }
    if (!request.header("x-amz-copy-source").isEmpty()) {
      String result = query.contains("partNumber") ? "CopyPartResult" : "CopyObjectResult";
      return new Answer(
          200,
          headers,
          "<%s><ETag>\"e1\"</ETag><LastModified>2026-11-24T07:00:00.000Z</LastModified></%s>"
              .formatted(result, result));
    }
    return request.method().equals("GET") && query.contains("list-type")
        ? Answer.of(200, "<ListBucketResult/>")
        : query.contains("versions")
            ? Answer.of(200, "<ListVersionsResult/>")
            : new Answer(200, headers, request.method().equals("GET") ? "123456789" : "");
  }

  /** Makes every kind of call that there is for objects. */
  private static void callAll(ObjectStore store) throws IOException {
    store.put("a", "123456789".getBytes(UTF_8), PutOptions.defaults());
    store.head("a", ReadOptions.current());
    store.get("a", ReadOptions.current()).close();
    store.list(ListOptions.prefix(""));
    assertThat(store.versions("")).isEmpty();
    store.copy("a", ReadOptions.current(), "b", PutOptions.defaults());
    try (ObjectUpload upload = store.upload("large", PutOptions.defaults())) {
      upload.write(LARGE);
      upload.complete();
    }
    try (ObjectUpload upload = store.upload("abandoned", PutOptions.defaults())) {
      upload.write(LARGE);
      upload.write(LARGE);
    }
    store.delete("a");
    store.deleteVersion("a", "v1");
    store.deleteAll(List.of("a", "b"));
  }

  private static String kind(Request request) {
    String query = request.uri().getQuery() == null ? "" : request.uri().getQuery();
    String copy = request.header("x-amz-copy-source").isEmpty() ? "" : " copy";
    return request.method() + copy + " " + query.replaceAll("=[^&]*", "").replace("&", " ");
  }

  @Test
  void everyCallNamesTheAccount() throws IOException {
    ScriptedHttp http = new ScriptedHttp(BucketOwnerTest::s3);
    try (Lake lake = ScriptedLake.of(http, settings -> settings.accountId(OWNER))) {
      callAll(lake.store(Zone.RAW));
    }
    assertThat(http.requests())
        .allMatch(request -> request.header(HEADER).equals(OWNER))
        .extracting(BucketOwnerTest::kind)
        .contains(
            "PUT ",
            "HEAD ",
            "GET ",
            "GET list-type encoding-type max-keys prefix",
            "GET versions encoding-type prefix",
            "PUT copy ",
            "POST uploads",
            "PUT partNumber uploadId",
            "POST uploadId",
            "DELETE uploadId",
            "DELETE ",
            "DELETE versionId",
            "POST delete");
    assertThat(http.requests())
        .filteredOn(request -> !request.header("x-amz-copy-source").isEmpty())
        .isNotEmpty()
        .allMatch(request -> request.header(SOURCE_HEADER).equals(OWNER));
  }

  @Test
  void copiesInPartsNameItForTheirSourceToo() {
    ScriptedHttp http =
        new ScriptedHttp(
            request -> {
              Answer answer = s3(request);
              if (request.method().equals("HEAD")) {
                Map<String, String> large = new HashMap<>(answer.headers());
                large.put("x-amz-checksum-crc32c", "4waSgw==");
                return new Answer(200, large, "123456789");
              }
              return answer;
            });
    try (Lake lake = ScriptedLake.of(http, settings -> settings.accountId(OWNER))) {
      lake.store(Zone.RAW).copy("a", ReadOptions.current(), "b", PutOptions.defaults().ifAbsent());
    }
    assertThat(http.requests())
        .allMatch(request -> request.header(HEADER).equals(OWNER))
        .extracting(BucketOwnerTest::kind)
        .contains("PUT copy partNumber uploadId");
    assertThat(http.requests())
        .filteredOn(request -> kind(request).startsWith("PUT copy"))
        .allMatch(request -> request.header(SOURCE_HEADER).equals(OWNER));
  }

  @Test
  void withoutAnAccountInTheSettingsNoneIsNamed() throws IOException {
    ScriptedHttp http = new ScriptedHttp(BucketOwnerTest::s3);
    try (Lake lake = ScriptedLake.of(http, settings -> {})) {
      callAll(lake.store(Zone.RAW));
    }
    assertThat(http.requests()).allMatch(request -> request.header(HEADER).isEmpty());
  }

  @Test
  void aBucketOfSomebodyElseIsRefused() {
    ScriptedHttp http =
        new ScriptedHttp(
            request ->
                request.method().equals("HEAD")
                    ? Answer.of(403, "")
                    : Answer.s3Error(403, "AccessDenied"));
    String reason =
        "its bucket acme-lake-raw does not belong to account 444455556666 that the settings name, or"
            + " the policies of the credentials do not allow it; look at who owns the bucket first";
    try (Lake lake = ScriptedLake.of(http, settings -> settings.accountId(OWNER))) {
      ObjectStore store = lake.store(Zone.RAW);
      assertThatThrownBy(() -> store.put("a", new byte[1], PutOptions.defaults()))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessage("Cannot write object raw/a: " + reason);
      assertThatThrownBy(() -> store.head("a", ReadOptions.current()))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessage("Cannot read object raw/a: " + reason);
      assertThat(http.requests()).hasSize(2);
    }
  }

  @Test
  void otherRefusalsKeepTheirReason() {
    ScriptedHttp http = new ScriptedHttp(request -> Answer.s3Error(403, "SignatureDoesNotMatch"));
    try (Lake lake = ScriptedLake.of(http, settings -> settings.accountId(OWNER))) {
      assertThatThrownBy(() -> lake.store(Zone.RAW).put("a", new byte[1], PutOptions.defaults()))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("the secret key does not belong to the access key");
    }
  }
}
