package io.lakesdk.benchmarks.aws;

import io.lakesdk.AwsSettings;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.storage.ObjectContent;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.ObjectUpload;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Does one thing by turns through a lake and through the SDK as it comes, and prints the medians of
 * both in milliseconds.
 */
public final class S3Program {

  private static final int PIECE = 1 << 20;
  private static final double NANOS_A_MILLI = 1e6;
  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b"));

  private final ObjectStore store;
  private final S3Client s3;
  private final byte[] piece = S3Stand.content();

  private S3Program(ObjectStore store, S3Client s3) {
    this.store = store;
    this.s3 = s3;
  }

  /**
   * Measures.
   *
   * @param args the endpoint, and {@code upload}, {@code download} or {@code list}, and how often
   *     each
   */
  public static void main(String[] args) throws Exception {
    URI endpoint = URI.create(args[0]);
    AwsSettings settings =
        AwsSettings.region("us-east-1")
            .account("benchmark")
            .endpoint(endpoint)
            .pathStyle()
            .credentials(CREDENTIALS)
            .build();
    try (Lake lake = Lake.onAws(settings);
        S3Client s3 =
            S3Client.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .credentialsProvider(CREDENTIALS)
                .httpClientBuilder(ApacheHttpClient.builder())
                .build()) {
      S3Program program = new S3Program(lake.store(Zone.RAW), s3);
      int turns = Integer.parseInt(args[2]);
      switch (args[1]) {
        case "upload" -> compare(turns, program::uploadByLake, program::uploadBySdk);
        case "download" -> compare(turns, program::downloadByLake, program::downloadBySdk);
        default -> compare(turns, program::listByLake, program::listBySdk);
      }
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void compare(int turns, Work lake, Work sdk) throws IOException {
    double[] byLake = new double[turns];
    double[] bySdk = new double[turns];
    lake.run();
    sdk.run();
    for (int i = 0; i < turns; i++) {
      byLake[i] = millis(lake);
      bySdk[i] = millis(sdk);
    }
    Arrays.sort(byLake);
    Arrays.sort(bySdk);
    System.out.println(byLake[turns / 2] + " " + bySdk[turns / 2]);
  }

  private static double millis(Work work) throws IOException {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / NANOS_A_MILLI;
  }

  private void uploadByLake() throws IOException {
    try (ObjectUpload upload = store.upload("large", PutOptions.defaults())) {
      for (long at = 0; at < S3Stand.SIZE; at += PIECE) {
        upload.write(piece);
      }
      upload.complete();
    }
  }

  private void uploadBySdk() {
    s3.putObject(
        request -> request.bucket("benchmark-raw").key("large"),
        RequestBody.fromContentProvider(
            () -> new Pieces(piece, S3Stand.SIZE), S3Stand.SIZE, "application/octet-stream"));
  }

  private void downloadByLake() throws IOException {
    try (ObjectContent content = store.get("large", ReadOptions.current())) {
      readAll(content);
    }
  }

  private void downloadBySdk() throws IOException {
    try (InputStream content =
        s3.getObject(request -> request.bucket("benchmark-raw").key("large"))) {
      readAll(content);
    }
  }

  private static void readAll(InputStream content) throws IOException {
    byte[] buffer = new byte[PIECE];
    long size = 0;
    for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
      size += read;
    }
    require(size, S3Stand.SIZE);
  }

  private void listByLake() {
    require(store.all("").count(), S3Stand.KEYS);
  }

  private void listBySdk() {
    require(
        s3.listObjectsV2Paginator(request -> request.bucket("benchmark-raw")).contents().stream()
            .count(),
        S3Stand.KEYS);
  }

  private static void require(long count, long expected) {
    if (count != expected) {
      throw new IllegalStateException("There were " + count + " and not " + expected);
    }
  }

  /** The same piece again and again. */
  private static final class Pieces extends InputStream {
    private final byte[] piece;
    private long left;

    Pieces(byte[] piece, long length) {
      this.piece = piece;
      this.left = length;
    }

    @Override
    public int read() {
      return left-- > 0 ? piece[(int) ((left + 1) % piece.length)] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int now = (int) Math.min(Math.min(length, piece.length), left);
      System.arraycopy(piece, 0, into, offset, now);
      left -= now;
      return now;
    }
  }
}
