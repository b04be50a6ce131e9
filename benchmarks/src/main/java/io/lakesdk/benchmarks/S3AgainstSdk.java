package io.lakesdk.benchmarks;

import io.lakesdk.benchmarks.aws.S3Program;
import io.lakesdk.benchmarks.aws.S3Stand;
import java.nio.file.Path;
import java.util.List;

/**
 * Something done with S3 through a lake and through the SDK as it comes, by turns, in a JVM with
 * 128 MB of heap, against a server on this machine that swallows and serves.
 */
final class S3AgainstSdk implements Measurement {

  /** 0.9 of the throughput. */
  private static final double THROUGHPUT = 1 / 0.9;

  /** What S3 gives one connection; "Performance guidelines" in the Amazon S3 user guide. */
  private static final double OF_S3 = 90e6;

  private static final double UNBOUNDED = 1e15;

  /** A turn of either takes a fraction of a second in memory, and many at the speed of S3. */
  private static final int TURNS_IN_MEMORY = 21;

  private static final int TURNS_AS_OF_S3 = 3;

  private final String what;
  private final String work;
  private final double rate;
  private final double most;

  private S3AgainstSdk(String what, String work, double rate, double most) {
    this.what = what;
    this.work = work;
    this.rate = rate;
    this.most = most;
  }

  static Measurement upload() {
    return new S3AgainstSdk(
        "an upload of 1 GiB, connections as of S3", "upload", OF_S3, THROUGHPUT);
  }

  static Measurement download() {
    return new S3AgainstSdk(
        "a download of 1 GiB, connections as of S3", "download", OF_S3, THROUGHPUT);
  }

  static Measurement localUpload() {
    return new S3AgainstSdk("an upload of 1 GiB in memory", "upload", UNBOUNDED, THROUGHPUT);
  }

  static Measurement localDownload() {
    return new S3AgainstSdk("a download of 1 GiB in memory", "download", UNBOUNDED, THROUGHPUT);
  }

  static Measurement listing() {
    return new S3AgainstSdk("listing 100,000 objects", "list", UNBOUNDED, 1);
  }

  @Override
  public List<Result> run(Path scratch) throws Exception {
    try (S3Stand stand = new S3Stand(rate)) {
      String printed =
          Jvm.run(
              S3Program.class,
              List.of("-Xmx128m"),
              stand.endpoint().toString(),
              work,
              Integer.toString(rate == OF_S3 ? TURNS_AS_OF_S3 : TURNS_IN_MEMORY));
      String[] medians = printed.strip().split(" ", -1);
      return List.of(
          new Result(
              what,
              Double.parseDouble(medians[0]),
              "through the SDK as it comes",
              Double.parseDouble(medians[1]),
              "ms",
              most));
    }
  }
}
