package io.lakesdk.storage.aws;

import io.lakesdk.fault.Call;
import io.lakesdk.storage.ListOptions;
import io.lakesdk.storage.ListPage;
import io.lakesdk.storage.ListedObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Asks for one page of a listing of one zone. */
final class S3Listing {

  /** The last code point, which comes after every other in UTF-8 too. */
  private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

  private final S3Zone zone;
  private final ListOptions options;

  S3Listing(S3Zone zone, ListOptions options) {
    this.zone = zone;
    this.options = options;
  }

  /** Asks until something is listed, or there is no more. */
  Answer ask() {
    ListObjectsV2Request.Builder request =
        ListObjectsV2Request.builder()
            .bucket(zone.bucket())
            .prefix(zone.prefixInBucket("list", options.prefix()))
            .encodingType(EncodingType.URL)
            .maxKeys(options.pageSize());
    options.delimiter().ifPresent(request::delimiter);
    Optional<String> rolled = options.startAfter().filter(this::isRolledUp);
    options
        .startAfter()
        .map(after -> rolled.isPresent() ? after + LAST : after)
        .map(after -> zone.prefixInBucket("list", after))
        .ifPresent(request::startAfter);
    while (true) {
      ListObjectsV2Request built = request.build();
      ListObjectsV2Response response =
          zone.calls(zone.errors())
              .read(
                  Call.LIST_OBJECTS,
                  "list",
                  zone.subject(options.prefix()),
                  () -> zone.s3().listObjectsV2(built));
      Answer answer = new Answer(response, rolled);
      if (!response.contents().isEmpty() || !answer.prefixes.isEmpty() || answer.next().isEmpty()) {
        return answer;
      }
      request.continuationToken(response.nextContinuationToken());
    }
  }

  /** What S3 answered. */
  final class Answer {
    private final ListObjectsV2Response response;
    private final List<String> prefixes;

    private Answer(ListObjectsV2Response response, Optional<String> rolled) {
      this.response = response;
      this.prefixes =
          response.commonPrefixes().stream()
              .map(prefix -> zone.key(prefix.prefix()))
              .filter(prefix -> !rolled.equals(Optional.of(prefix)))
              .toList();
    }

    ListPage page() {
      List<ListedObject> objects =
          response.contents().stream()
              .map(
                  object ->
                      new ListedObject(
                          zone.key(object.key()),
                          object.size(),
                          S3Infos.etag(object.eTag()),
                          object.lastModified()))
              .toList();
      return new ListPage(objects, prefixes, next());
    }

    /** The listing of what comes after it. */
    Optional<ListOptions> next() {
      if (!Boolean.TRUE.equals(response.isTruncated())) {
        return Optional.empty();
      }
      List<S3Object> objects = response.contents();
      String last = objects.isEmpty() ? "" : zone.key(objects.get(objects.size() - 1).key());
      String lastPrefix = prefixes.isEmpty() ? "" : prefixes.get(prefixes.size() - 1);
      return Optional.of(options.startAfter(isBefore(last, lastPrefix) ? lastPrefix : last));
    }
  }

  private static boolean isBefore(String a, String b) {
    return Arrays.compareUnsigned(
            a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8))
        < 0;
  }

  /** Whether a listing with this delimiter gave this text as what keys were rolled up into. */
  private boolean isRolledUp(String text) {
    String prefix = options.prefix();
    return options.delimiter().isPresent()
        && text.startsWith(prefix)
        && text.indexOf(options.delimiter().get(), prefix.length())
            == text.length() - options.delimiter().get().length()
        && text.length() >= prefix.length() + options.delimiter().get().length();
  }

  /**
   * The pages of a listing, one after the other. Whoever has asked for a second page probably wants
   * all, so that from there on the next page is fetched while the reader is busy with the one
   * before.
   */
  static final class Pages {

    private final S3Zone zone;
    private final S3Transfers transfers;
    private final Answer first;
    private @Nullable FutureTask<Answer> ahead;

    /** Fetches the first page. */
    Pages(S3Zone zone, S3Transfers transfers, ListOptions options) {
      this.zone = zone;
      this.transfers = transfers;
      this.first = new S3Listing(zone, options).ask();
    }

    /** For one reader, in key order. */
    Stream<ListedObject> objects() {
      return Stream.iterate(
              Optional.of(first),
              Optional::isPresent,
              before -> before.flatMap(Answer::next).map(this::following))
          .flatMap(answer -> answer.orElseThrow().page().objects().stream());
    }

    private Answer following(ListOptions options) {
      FutureTask<Answer> begun = ahead;
      Answer answer =
          begun == null
              ? new S3Listing(zone, options).ask()
              : zone.await("list", options.prefix(), begun);
      ahead = answer.next().map(this::start).orElse(null);
      return answer;
    }

    private FutureTask<Answer> start(ListOptions options) {
      FutureTask<Answer> task = new FutureTask<>(new S3Listing(zone, options)::ask);
      transfers.start(task);
      return task;
    }
  }
}
