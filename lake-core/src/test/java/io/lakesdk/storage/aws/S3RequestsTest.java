package io.lakesdk.storage.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.emulator.ScriptedHttp;
import io.lakesdk.emulator.ScriptedHttp.Answer;
import io.lakesdk.emulator.ScriptedHttp.Request;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.OutcomeUnknownException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ObjectContent;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectRef;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.ReadOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What leaves for S3, and what becomes of answers that no emulator gives. */
class S3RequestsTest {

  private static final byte[] CONTENT = "123456789".getBytes(UTF_8);
  private static final String CRC32C = "4waSgw==";

  private static Lake lake(ScriptedHttp http) {
    return ScriptedLake.of(http, settings -> {});
  }

  /** Answers in this order, and the last one for ever. */
  private static Function<Request, Answer> inTurn(Answer... answers) {
    List<Answer> left = new ArrayList<>(List.of(answers));
    return request -> {
      synchronized (left) {
        return left.size() > 1 ? left.remove(0) : left.get(0);
      }
    };
  }

  private static Answer written(String version) {
    return new Answer(200, Map.of("ETag", "\"e1\"", "x-amz-version-id", version), "");
  }

  /** Keeps one object, as S3 does; {@code lost} of the first writes get no answer. */
  private static final class OneObject implements Function<Request, Answer> {
    private final Map<String, String> headers = new HashMap<>();
    private int lost;
    private int lands;
    private int puts;

    /**
     * @param lost how many answers to writes are lost
     * @param lands which write takes effect, from 1
     */
    OneObject(int lost, int lands) {
      this.lost = lost;
      this.lands = lands;
    }

    @Override
    public synchronized Answer apply(Request request) {
      if (request.method().equals("PUT")) {
        puts++;
        if (!headers.isEmpty() && request.header("If-None-Match").equals("*")) {
          return Answer.s3Error(412, "PreconditionFailed");
        }
        if (puts >= lands) {
          headers.put("ETag", "\"e1\"");
          headers.put("x-amz-version-id", "v" + puts);
          headers.put("Last-Modified", "Tue, 24 Nov 2026 07:00:00 GMT");
          headers.put("x-amz-meta-lake-write", request.header("x-amz-meta-lake-write"));
        }
        return lost-- > 0 ? Answer.lost() : new Answer(200, headers, "");
      }
      if (request.uri().getQuery() != null && request.uri().getQuery().contains("versions")) {
        return Answer.of(200, "<ListVersionsResult></ListVersionsResult>");
      }
      return headers.isEmpty() ? Answer.of(404, "") : new Answer(200, headers, "");
    }
  }

  /**
   * Loses the answer to a write that others overwrite at once, and refuses each question about it
   * once.
   */
  private static final class OverwrittenByOthers implements Function<Request, Answer> {
    private final int others;
    private final Set<String> refused = new HashSet<>();
    private String own = "";

    OverwrittenByOthers(int others) {
      this.others = others;
    }

    @Override
    public synchronized Answer apply(Request request) {
      if (request.method().equals("PUT")) {
        own = request.header("x-amz-meta-lake-write");
        return Answer.lost();
      }
      if (refused.add(request.uri().toString())) {
        return Answer.of(503, "");
      }
      String query = request.uri().getQuery();
      if (query != null && query.contains("versions")) {
        StringBuilder xml = new StringBuilder("<ListVersionsResult>");
        for (int i = 0; i <= others; i++) {
          xml.append("<Version><Key>a</Key><VersionId>")
              .append(i < others ? "v" + i : "own")
              .append("</VersionId><ETag>e</ETag></Version>");
        }
        return Answer.of(200, xml.append("</ListVersionsResult>").toString());
      }
      boolean isOwn = query != null && query.equals("versionId=own");
      return new Answer(
          200,
          Map.of(
              "ETag",
              "\"e1\"",
              "x-amz-version-id",
              isOwn ? "own" : "v",
              "Last-Modified",
              "Tue, 24 Nov 2026 07:00:00 GMT",
              "x-amz-meta-lake-write",
              isOwn ? own : "other"),
          "");
    }
  }

  /** Answers a range of an object of a MiB; {@code missing} bytes of what is not its end. */
  private static Answer part(Request request, int missing) {
    int size = 1 << 20;
    String range = request.header("Range").substring("bytes=".length());
    String[] ends = range.split("-", 2);
    int first = ends[0].isEmpty() ? size - Integer.parseInt(ends[1]) : Integer.parseInt(ends[0]);
    int last = ends[0].isEmpty() ? size - 1 : Integer.parseInt(ends[1]) - missing;
    return new Answer(
        206,
        Map.of(
            "ETag", "\"e1\"",
            "x-amz-version-id", "v1",
            "Last-Modified", "Tue, 24 Nov 2026 07:00:00 GMT",
            "Content-Range", "bytes " + first + "-" + last + "/" + size),
        "x".repeat(last - first + 1));
  }

  private static void lease(Lake lake) {
    LocalFiles.Selection some =
        new LocalFiles.Selection() {
          @Override
          public String name() {
            return "some";
          }

          @Override
          public LocalFiles.Selected select(long size, LocalFiles.Bytes bytes) {
            return LocalFiles.Selected.of(List.of(new ReadOptions.Range(1000, 2000)));
          }
        };
    ObjectRef ref = new ObjectRef(Zone.RAW, "a", "v1");
    try (LocalFiles.Lease lease = lake.backend().files().lease(List.of(ref), some)) {
      assertThat(lease.path(ref)).hasSize(1 << 20);
    }
  }

  @Test
  void partsAreAskedForByVersionAndETag() {
    ScriptedHttp http = new ScriptedHttp(request -> part(request, 0));
    try (Lake lake = lake(http)) {
      lease(lake);
      assertThat(http.requests())
          .allSatisfy(get -> assertThat(get.uri().getQuery()).contains("versionId=v1"))
          .extracting(get -> get.header("Range"))
          .containsExactly("bytes=-262144", "bytes=1000-2999");
      assertThat(http.requests().get(1).header("If-Match")).isEqualTo("\"e1\"");
    }
  }

  @Test
  void aPartThatIsNotCompleteIsNoPart() {
    ScriptedHttp http = new ScriptedHttp(request -> part(request, 1));
    try (Lake lake = lake(http)) {
      assertThatThrownBy(() -> lease(lake))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("1999 bytes came of a part that has 2000");
    }
  }

  private static long count(ScriptedHttp http, String method) {
    return http.requests().stream().filter(request -> request.method().equals(method)).count();
  }

  @Test
  void aWriteCarriesItsChecksumsAndTheKeyOfItsZone() {
    ScriptedHttp http = new ScriptedHttp(inTurn(written("v1")));
    try (Lake lake = ScriptedLake.of(http, s -> s.encryptedWith(Zone.RAW, "alias/raw"))) {
      PutOptions options = PutOptions.defaults().contentType("text/csv").metadata(Map.of("k", "v"));
      lake.store(Zone.RAW).put("a/b c", CONTENT, options);
      Request put = http.requests().get(0);
      assertThat(put.uri().getRawPath()).isEqualTo("/acme-lake-raw/a/b%20c");
      assertThat(put.body()).isEqualTo("123456789");
      assertThat(put.header("x-amz-checksum-crc32c")).isEqualTo(CRC32C);
      assertThat(put.header("x-amz-server-side-encryption")).isEqualTo("aws:kms");
      assertThat(put.header("x-amz-server-side-encryption-aws-kms-key-id")).isEqualTo("alias/raw");
      assertThat(put.header("Content-Type")).isEqualTo("text/csv");
      assertThat(put.header("x-amz-meta-k")).isEqualTo("v");
      assertThat(put.header("x-amz-meta-lake-sha256"))
          .isEqualTo("15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225");
      assertThat(put.header("x-amz-meta-lake-write")).matches("[0-9a-f]{32}");
      assertThat(put.header("x-amz-trailer")).isEmpty();
    }
  }

  @Test
  void otherZonesHaveNoKey() {
    ScriptedHttp http = new ScriptedHttp(inTurn(written("v1")));
    try (Lake lake = ScriptedLake.of(http, s -> s.encryptedWith(Zone.RAW, "alias/raw"))) {
      lake.store(Zone.CURATED).put("a", CONTENT, PutOptions.defaults());
      assertThat(http.requests().get(0).header("x-amz-server-side-encryption")).isEmpty();
    }
  }

  @Test
  void aThrottledWriteIsTriedAgain() {
    Answer slow = Answer.s3Error(503, "SlowDown");
    ScriptedHttp http = new ScriptedHttp(inTurn(slow, slow, written("v1")));
    try (Lake lake = lake(http)) {
      ObjectInfo info = lake.store(Zone.RAW).put("a", CONTENT, PutOptions.defaults());
      assertThat(info.version()).isEqualTo("v1");
      assertThat(http.requests()).hasSize(3);
    }
  }

  @Test
  void aWriteWhoseAnswerWasLostIsRecognised() {
    ScriptedHttp http = new ScriptedHttp(new OneObject(1, 1));
    try (Lake lake = lake(http)) {
      PutOptions absent = PutOptions.defaults().ifAbsent();
      assertThat(lake.store(Zone.RAW).put("a", CONTENT, absent).version()).isEqualTo("v1");
      assertThat(count(http, "PUT")).isEqualTo(1);
    }
  }

  @Test
  void aLostWriteThatDidNothingIsMadeAgain() {
    ScriptedHttp http = new ScriptedHttp(new OneObject(1, 2));
    try (Lake lake = lake(http)) {
      PutOptions absent = PutOptions.defaults().ifAbsent();
      assertThat(lake.store(Zone.RAW).put("a", CONTENT, absent).version()).isEqualTo("v2");
      assertThat(count(http, "PUT")).isEqualTo(2);
    }
  }

  /** The lost one is still on its way when it is looked for, and lands before the second. */
  @Test
  void aLostWriteThatLandsLateIsNoConflictWithItself() {
    OneObject object = new OneObject(1, 2);
    String[] mark = new String[1];
    ScriptedHttp http =
        new ScriptedHttp(
            request -> {
              if (request.method().equals("PUT")) {
                if (mark[0] == null) {
                  mark[0] = request.header("x-amz-meta-lake-write");
                } else {
                  object.lost = 0;
                  object.lands = 0;
                  object.headers.clear();
                  object.apply(request);
                  return Answer.s3Error(412, "PreconditionFailed");
                }
              }
              return object.apply(request);
            });
    try (Lake lake = lake(http)) {
      PutOptions absent = PutOptions.defaults().ifAbsent();
      assertThat(lake.store(Zone.RAW).put("a", CONTENT, absent).etag()).isEqualTo("e1");
    }
  }

  @Test
  void somebodyElsesObjectIsAConflict() {
    Map<String, String> theirs =
        Map.of("ETag", "\"e9\"", "x-amz-meta-lake-write", "other", "Content-Length", "1");
    ScriptedHttp http =
        new ScriptedHttp(
            request ->
                request.method().equals("PUT")
                    ? Answer.s3Error(412, "PreconditionFailed")
                    : new Answer(200, theirs, ""));
    try (Lake lake = lake(http)) {
      ObjectStore store = lake.store(Zone.RAW);
      assertThatThrownBy(() -> store.put("a", CONTENT, PutOptions.defaults().ifAbsent()))
          .isInstanceOf(AlreadyExistsException.class);
      assertThatThrownBy(() -> store.put("a", CONTENT, PutOptions.defaults().ifMatch("e1")))
          .isInstanceOf(ConflictException.class);
      assertThat(http.requests().get(1).header("If-Match")).isEqualTo("\"e1\"");
      assertThat(http.requests()).hasSize(2);
    }
  }

  @Test
  void twoWritersAtOneMomentTryAgain() {
    ScriptedHttp http =
        new ScriptedHttp(inTurn(Answer.s3Error(409, "ConditionalRequestConflict"), written("v1")));
    try (Lake lake = lake(http)) {
      PutOptions absent = PutOptions.defaults().ifAbsent();
      // the answer of the second attempt is looked at, since the first was refused for sure
      assertThat(lake.store(Zone.RAW).put("a", CONTENT, absent).version()).isEqualTo("v1");
    }
  }

  @Test
  void whatCannotBeFoundOutIsSaid() {
    ScriptedHttp http = new ScriptedHttp(inTurn(Answer.lost()));
    try (Lake lake = ScriptedLake.of(http, s -> s.attempts(2))) {
      assertThatThrownBy(() -> lake.store(Zone.RAW).put("a", CONTENT, PutOptions.defaults()))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageStartingWith("Cannot write object raw/a: ");
    }
  }

  /** Of many versions by others, where every call for one is refused at first. */
  @Test
  void aLostWriteIsFoundBelowManyOfOthersThoughEachCallIsRefusedOnce() {
    int others = 20;
    OverwrittenByOthers s3 = new OverwrittenByOthers(others);
    ScriptedHttp http = new ScriptedHttp(s3);
    try (Lake lake = ScriptedLake.of(http, s -> s.attempts(2))) {
      PutOptions options = PutOptions.defaults().ifAbsent();
      assertThat(lake.store(Zone.RAW).put("a", CONTENT, options).version()).isEqualTo("own");
    }
    assertThat(count(http, "PUT")).isEqualTo(1);
    assertThat(s3.refused).hasSize(others + 3);
  }

  @Test
  void aRefusalThatAnEarlierAttemptMayHaveCausedLeavesTheOutcomeUnknown() {
    List<String> looked = new ArrayList<>();
    ScriptedHttp http =
        new ScriptedHttp(
            request -> {
              if (request.method().equals("PUT")) {
                return looked.isEmpty() ? Answer.lost() : Answer.s3Error(412, "PreconditionFailed");
              }
              if (looked.isEmpty()) {
                looked.add(request.method());
                return Answer.of(404, "");
              }
              boolean first = looked.size() == 1;
              looked.add(request.method());
              return first
                  ? Answer.of(200, "<ListVersionsResult></ListVersionsResult>")
                  : Answer.of(503, "");
            });
    try (Lake lake = ScriptedLake.of(http, s -> s.attempts(2))) {
      ObjectStore store = lake.store(Zone.RAW);
      assertThatThrownBy(() -> store.put("a", CONTENT, PutOptions.defaults().ifAbsent()))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessage(
              "Cannot write object raw/a: an earlier attempt may have been done, and it cannot be"
                  + " found out");
    }
    assertThat(count(http, "PUT")).isEqualTo(2);
  }

  @Test
  void damagedContentIsNoticed() throws IOException {
    Map<String, String> headers = new HashMap<>();
    headers.put("ETag", "\"e1\"");
    headers.put("x-amz-version-id", "v1");
    headers.put("Last-Modified", "Tue, 24 Nov 2026 07:00:00 GMT");
    headers.put("x-amz-checksum-crc32c", CRC32C);
    headers.put("x-amz-checksum-type", "FULL_OBJECT");
    ScriptedHttp http = new ScriptedHttp(inTurn(new Answer(200, headers, "123456780")));
    try (Lake lake = lake(http);
        ObjectContent content = lake.store(Zone.RAW).get("a", ReadOptions.current())) {
      assertThatThrownBy(content::readAllBytes)
          .isInstanceOf(BadDataException.class)
          .hasMessageStartingWith("Cannot read object raw/a: its bytes are not those");
      assertThat(http.requests().get(0).header("x-amz-checksum-mode")).isEqualTo("ENABLED");
    }
  }

  /** The SDK of somebody else may have sent a checksum of checksums. */
  @Test
  void aChecksumOfPartsIsNotTakenForThatOfTheWhole() {
    Map<String, String> headers =
        Map.of(
            "ETag", "\"e1-2\"",
            "Last-Modified", "Tue, 24 Nov 2026 07:00:00 GMT",
            "x-amz-checksum-crc32c", CRC32C + "-2",
            "x-amz-checksum-type", "COMPOSITE");
    ScriptedHttp http = new ScriptedHttp(inTurn(new Answer(200, headers, "")));
    try (Lake lake = lake(http)) {
      ObjectInfo info = lake.store(Zone.RAW).head("a", ReadOptions.current());
      assertThat(info.crc32c()).isEmpty();
      assertThat(info.version()).isEqualTo("null");
    }
  }

  @Test
  void manyKeysAreDeletedInPages() {
    ScriptedHttp http =
        new ScriptedHttp(
            inTurn(
                Answer.of(
                    200,
                    "<DeleteResult><Error><Key>k7</Key><Code>AccessDenied</Code>"
                        + "</Error></DeleteResult>"),
                Answer.of(200, "<DeleteResult/>")));
    try (Lake lake = lake(http)) {
      List<String> keys = new ArrayList<>();
      for (int i = 0; i < 2500; i++) {
        keys.add("k" + i);
      }
      Map<String, String> refused = lake.store(Zone.RAW).deleteAll(keys);
      assertThat(refused)
          .containsExactly(
              Map.entry("k7", "Cannot delete object raw/k7: S3 refused it with AccessDenied"));
      assertThat(http.requests()).hasSize(3);
    }
  }

  /** XML cannot say them. */
  @Test
  void keysWithControlCharactersAreDeletedOneByOne() {
    ScriptedHttp http = new ScriptedHttp(inTurn(Answer.of(204, "")));
    try (Lake lake = lake(http)) {
      assertThat(lake.store(Zone.RAW).deleteAll(List.of("a\0b", "\uFFFF"))).isEmpty();
      assertThat(http.requests()).hasSize(2).allMatch(r -> r.method().equals("DELETE"));
      assertThat(http.requests().get(0).uri().getRawPath()).isEqualTo("/acme-lake-raw/a%00b");
    }
  }
}
