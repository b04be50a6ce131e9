package io.lakesdk.storage.aws;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.fault.Call;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.check.Checksums;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** A multipart upload, whose parts move beside the thread that writes. Not thread-safe. */
final class S3Parts {

  /** So many parts S3 takes for one object. */
  static final int MOST = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(S3Parts.class);

  private final S3Zone zone;
  private final S3Writes writes;
  private final S3Transfers transfers;
  private final String key;
  private final PutOptions options;
  private final String write;
  private final String type;
  private final String uploadId;
  private final Instant started;
  private final List<CompletedPart> done = new ArrayList<>();
  private final Deque<Future<CompletedPart>> moving = new ArrayDeque<>();
  private int last;

  private S3Parts(
      S3Zone zone,
      S3Writes writes,
      S3Transfers transfers,
      String key,
      PutOptions options,
      String write,
      String type,
      String uploadId,
      Instant started) {
    this.zone = zone;
    this.writes = writes;
    this.transfers = transfers;
    this.key = key;
    this.options = options;
    this.write = write;
    this.type = type;
    this.uploadId = uploadId;
    this.started = started;
  }

  static S3Parts start(
      S3Zone zone, S3Writes writes, S3Transfers transfers, String key, PutOptions options) {
    String write = S3Metadata.newWrite();
    String type = writes.type(key, options.contentType());
    CreateMultipartUploadRequest.Builder request =
        CreateMultipartUploadRequest.builder()
            .bucket(zone.bucket())
            .key(zone.inBucket("write", key))
            .contentType(type)
            .metadata(
                S3Metadata.encode(zone.subject(key), options.metadata(), options.sha256(), write))
            .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
            .checksumType(ChecksumType.FULL_OBJECT);
    zone.kmsKey()
        .ifPresent(
            id -> request.serverSideEncryption(ServerSideEncryption.AWS_KMS).ssekmsKeyId(id));
    CreateMultipartUploadRequest built = request.build();
    CreateMultipartUploadResponse answer =
        zone.calls(zone.errors())
            .repeat(
                Call.OPEN_UPLOAD,
                "write",
                zone.subject(key),
                () -> zone.s3().createMultipartUpload(built));
    return new S3Parts(
        zone,
        writes,
        transfers,
        key,
        options,
        write,
        type,
        answer.uploadId(),
        S3Infos.time(answer.sdkHttpResponse(), zone.clock()));
  }

  /** The number of the part that is sent next, from 1. */
  int next() {
    return last + 1;
  }

  /**
   * Sends the next part: beside this thread if there is room, and else in it.
   *
   * @param sent runs when the content is needed no more, also when it could not be sent
   */
  void send(Part content, Runnable sent) {
    int number = next();
    if (number > MOST) {
      throw new InvalidDefinitionException(
          "write", zone.subject(key), "S3 takes objects of at most 5 TiB");
    }
    last = number;
    move(
        () -> {
          try {
            return upload(number, content);
          } finally {
            sent.run();
          }
        });
  }

  private void move(Callable<CompletedPart> work) {
    boolean beside = transfers.tryReserve();
    FutureTask<CompletedPart> task =
        new FutureTask<>(
            () -> {
              try {
                return work.call();
              } finally {
                if (beside) {
                  transfers.release();
                }
              }
            });
    moving.add(task);
    if (beside) {
      transfers.start(task);
    } else {
      task.run();
    }
    while (!moving.isEmpty() && moving.getFirst().isDone()) {
      done.add(zone.await("write", key, moving.removeFirst()));
    }
  }

  private CompletedPart upload(int number, Part content) {
    String checksum = S3Infos.base64(content.crc32c());
    UploadPartRequest request =
        UploadPartRequest.builder()
            .bucket(zone.bucket())
            .key(zone.inBucket("write", key))
            .uploadId(uploadId)
            .partNumber(number)
            .contentLength(content.length())
            .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
            .checksumCRC32C(checksum)
            .overrideConfiguration(o -> o.apiCallAttemptTimeout(writes.timeout(content.length())))
            .build();
    RequestBody body =
        RequestBody.fromContentProvider(content::open, content.length(), S3Infos.DEFAULT_TYPE);
    return zone.calls(zone.errors())
        .repeat(
            Call.UPLOAD_PART,
            "write",
            zone.subject(key),
            () ->
                CompletedPart.builder()
                    .partNumber(number)
                    .checksumCRC32C(checksum)
                    .eTag(zone.s3().uploadPart(request, body).eTag())
                    .build());
  }

  /** Makes a range of another object of the zone the next part. */
  void copy(ObjectInfo from, String source, long offset, long length) {
    int number = next();
    last = number;
    UploadPartCopyRequest.Builder request =
        UploadPartCopyRequest.builder()
            .sourceBucket(zone.bucket())
            .sourceKey(zone.inBucket("copy", source))
            .copySourceIfMatch('"' + from.etag() + '"')
            .copySourceRange("bytes=" + offset + "-" + (offset + length - 1))
            .destinationBucket(zone.bucket())
            .destinationKey(zone.inBucket("write", key))
            .uploadId(uploadId)
            .partNumber(number)
            .overrideConfiguration(o -> o.apiCallAttemptTimeout(writes.timeout(length)));
    if (!from.version().equals("null")) {
      request.sourceVersionId(from.version());
    }
    UploadPartCopyRequest built = request.build();
    Callable<CompletedPart> work =
        () ->
            zone.calls(zone.errors())
                .repeat(
                    Call.UPLOAD_PART,
                    "write",
                    zone.subject(key),
                    () -> {
                      CopyPartResult part = zone.s3().uploadPartCopy(built).copyPartResult();
                      return CompletedPart.builder()
                          .partNumber(number)
                          .eTag(part.eTag())
                          .checksumCRC32C(part.checksumCRC32C())
                          .build();
                    });
    move(work);
  }

  ObjectInfo complete(Call call, Checksums sums) {
    return complete(call, OptionalInt.of(sums.crc32c()), writes.sent(key, sums, options));
  }

  /** S3 says what the copy's checksum is where the source's is not known. */
  ObjectInfo completeCopy(ObjectInfo from) {
    return complete(
        Call.COPY_OBJECT,
        from.crc32c(),
        new S3Infos.Sent(from.size(), from.crc32c(), from.sha256(), type, options.metadata()));
  }

  private ObjectInfo complete(Call call, OptionalInt crc32c, S3Infos.Sent sent) {
    while (!moving.isEmpty()) {
      done.add(zone.await("write", key, moving.removeFirst()));
    }
    done.sort(Comparator.comparing(CompletedPart::partNumber));
    CompleteMultipartUploadRequest.Builder request =
        CompleteMultipartUploadRequest.builder()
            .bucket(zone.bucket())
            .key(zone.inBucket("write", key))
            .uploadId(uploadId)
            .checksumType(ChecksumType.FULL_OBJECT)
            .multipartUpload(upload -> upload.parts(done));
    crc32c.ifPresent(sum -> request.checksumCRC32C(S3Infos.base64(sum)));
    S3Writes.ifNoneMatch(options.condition()).ifPresent(request::ifNoneMatch);
    S3Writes.ifMatch(options.condition()).ifPresent(request::ifMatch);
    CompleteMultipartUploadRequest built = request.build();
    return S3Infos.known(
        sent,
        writes.settle(
            call,
            key,
            zone.errors().ofUploadsEnd(options.condition()),
            options.condition(),
            write,
            () -> {
              CompleteMultipartUploadResponse answer = zone.s3().completeMultipartUpload(built);
              return S3Infos.written(
                  key,
                  answer.versionId(),
                  answer.eTag(),
                  sent.crc32c().isPresent()
                      ? sent
                      : sent.with(S3Infos.crc32c(answer.checksumCRC32C(), answer.checksumType())),
                  started);
            }));
  }

  /** Discards the parts; what cannot be discarded now, the bucket's lifecycle takes. */
  void abort() {
    while (!moving.isEmpty()) {
      try {
        zone.await("write", key, moving.removeFirst());
      } catch (LakeException | IllegalStateException discardedAnyway) {
        LOG.debug("A part of an aborted upload failed", discardedAnyway);
      }
    }
    try {
      zone.calls(zone.errors())
          .repeat(
              Call.ABORT_UPLOAD,
              "discard",
              zone.subject(key),
              () ->
                  zone.s3()
                      .abortMultipartUpload(
                          request ->
                              request
                                  .bucket(zone.bucket())
                                  .key(zone.inBucket("write", key))
                                  .uploadId(uploadId)));
    } catch (LakeException e) {
      LOG.warn("The parts of an upload remain until the bucket's lifecycle removes them", e);
    }
  }
}
