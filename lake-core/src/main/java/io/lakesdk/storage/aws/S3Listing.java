package io.lakesdk.storage.aws;

import io.lakesdk.aws.AwsConnection;
import io.lakesdk.fault.Call;
import io.lakesdk.storage.ListOptions;
import io.lakesdk.storage.ListPage;
import io.lakesdk.storage.ListedObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
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
    Answer answer = ask(Optional.empty(), token -> {});
    while (answer.isEmpty() && answer.token().isPresent()) {
      answer = ask(answer.token(), token -> {});
    }
    return answer;
  }

  /**
   * Asks once.
   *
   * @param from the token of the page before
   * @param next told the token of this page, if it has one, before its objects have arrived, and
   *     again where the call is repeated
   */
  private Answer ask(Optional<String> from, Consumer<String> next) {
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
    from.ifPresent(request::continuationToken);
    ListObjectsV2Request built = AwsConnection.telling(request.build(), next);
    return new Answer(
        zone.calls(zone.errors())
            .read(
                Call.LIST_OBJECTS,
                "list",
                zone.subject(options.prefix()),
                () -> zone.s3().listObjectsV2(built)),
        rolled);
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

    boolean isEmpty() {
      return response.contents().isEmpty() && prefixes.isEmpty();
    }

    /** Where S3 continues; empty if this is the last page. */
    Optional<String> token() {
      return Boolean.TRUE.equals(response.isTruncated())
          ? Optional.of(response.nextContinuationToken())
          : Optional.empty();
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
      if (token().isEmpty()) {
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
   * all: from there on two more pages are fetched while the reader is busy with one. Where a page
   * ends is known when its answer begins, so that the answers of both arrive side by side.
   */
  static final class Pages {

    private final S3Zone zone;
    private final S3Transfers transfers;
    private final ListOptions options;
    private final Answer first;
    private Optional<Page> ahead = Optional.empty();

    /** Fetches the first page. */
    Pages(S3Zone zone, S3Transfers transfers, ListOptions options) {
      this.zone = zone;
      this.transfers = transfers;
      this.options = options;
      this.first = new S3Listing(zone, options).ask();
    }

    /** For one reader, in key order. */
    Stream<ListedObject> objects() {
      return Stream.iterate(
              Optional.of(first), Optional::isPresent, before -> before.flatMap(this::following))
          .flatMap(answer -> answer.orElseThrow().page().objects().stream());
    }

    private Optional<Answer> following(Answer before) {
      Optional<Page> page = before == first ? first.token().map(this::begin) : ahead;
      return page.map(this::await);
    }

    private Answer await(Page page) {
      page.readAhead();
      Answer answer = zone.await("list", options.prefix(), page.answer);
      ahead = page.next(answer);
      ahead.ifPresent(Page::readAhead);
      return answer;
    }

    private Page begin(String token) {
      Page page = new Page(token);
      transfers.start(page.answer);
      return page;
    }

    /** A page that is fetched beside the reader. */
    private final class Page {
      private final String token;
      private final FutureTask<Answer> answer;
      private boolean ahead;
      private @Nullable String told;
      private @Nullable Page next;

      Page(String token) {
        this.token = token;
        this.answer =
            new FutureTask<>(
                () -> new S3Listing(zone, options).ask(Optional.of(token), this::tell));
      }

      private synchronized void tell(String end) {
        told = end;
        beginNext();
      }

      /** From here on the next page is fetched as soon as it is known where it begins. */
      synchronized void readAhead() {
        ahead = true;
        beginNext();
      }

      private void beginNext() {
        if (ahead && told != null && next == null) {
          next = begin(told);
        }
      }

      /**
       * The page after this one. What was begun early is of no use where the call was repeated and
       * its answer ends elsewhere.
       */
      synchronized Optional<Page> next(Answer whole) {
        return whole.token().map(end -> next != null && next.token.equals(end) ? next : begin(end));
      }
    }
  }
}
