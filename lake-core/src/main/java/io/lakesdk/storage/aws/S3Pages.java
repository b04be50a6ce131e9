package io.lakesdk.storage.aws;

import io.lakesdk.storage.ListOptions;
import io.lakesdk.storage.ListedObject;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a listing, one after the other. Whoever has asked for a second page probably wants
 * all, so that from there on the next page is fetched while the reader is busy with the one before.
 */
final class S3Pages {

  private final S3Zone zone;
  private final S3Transfers transfers;
  private final S3Listing.Answer first;
  private @Nullable FutureTask<S3Listing.Answer> ahead;

  /** Fetches the first page. */
  S3Pages(S3Zone zone, S3Transfers transfers, ListOptions options) {
    this.zone = zone;
    this.transfers = transfers;
    this.first = new S3Listing(zone, options).ask();
  }

  /** For one reader, in key order. */
  Stream<ListedObject> objects() {
    return Stream.iterate(
            Optional.of(first),
            Optional::isPresent,
            before -> before.flatMap(S3Listing.Answer::next).map(this::following))
        .flatMap(answer -> answer.orElseThrow().page().objects().stream());
  }

  private S3Listing.Answer following(ListOptions options) {
    FutureTask<S3Listing.Answer> begun = ahead;
    S3Listing.Answer answer =
        begun == null
            ? new S3Listing(zone, options).ask()
            : zone.await("list", options.prefix(), begun);
    ahead = answer.next().map(this::start).orElse(null);
    return answer;
  }

  private FutureTask<S3Listing.Answer> start(ListOptions options) {
    FutureTask<S3Listing.Answer> task = new FutureTask<>(new S3Listing(zone, options)::ask);
    transfers.start(task);
    return task;
  }
}
