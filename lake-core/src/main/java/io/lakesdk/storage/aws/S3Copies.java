package io.lakesdk.storage.aws;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.fault.Call;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.PutOptions.Condition;
import io.lakesdk.storage.ReadOptions;
import io.lakesdk.storage.check.Checksums;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Copies objects within one zone; the bytes do not leave S3. */
final class S3Copies {

  private static final long MOST_AT_ONCE = 5L << 30;

  /** Of 5 TiB these are 5,120. */
  private static final long COPIED_PART = 1L << 30;

  private final S3Zone zone;
  private final S3Reads reads;
  private final S3Writes writes;
  private final S3Transfers transfers;

  S3Copies(S3Zone zone, S3Reads reads, S3Writes writes, S3Transfers transfers) {
    this.zone = zone;
    this.reads = reads;
    this.writes = writes;
    this.transfers = transfers;
  }

  ObjectInfo copy(String source, ReadOptions which, String target, PutOptions options) {
    if (which.range().isPresent()) {
      throw new InvalidDefinitionException(
          "copy", zone.subject(source), "only a whole object is copied; leave out the range");
    }
    zone.inBucket("write", target);
    HeadObjectResponse head = reads.head("copy", source, which);
    ObjectInfo from = S3Infos.of(source, head);
    requireAsGiven(target, from, options);
    PutOptions given =
        new PutOptions(
            options.condition(),
            options.contentType().or(() -> Optional.of(from.contentType())),
            options.metadata().isEmpty() ? from.metadata() : options.metadata(),
            from.crc32c(),
            from.sha256());
    boolean atOnce = given.condition() instanceof Condition.None && from.size() <= MOST_AT_ONCE;
    if (atOnce) {
      return copyAtOnce(from, source, target, given);
    }
    return from.size() == 0
        ? writes.put(
            Call.COPY_OBJECT,
            target,
            new Part.InMemory(new byte[0], 0),
            Checksums.of(new byte[0]),
            given)
        : copyParts(from, source, target, given);
  }

  /** S3 copies at once without conditions, and no more than 5 GiB; parts have neither limit. */
  private ObjectInfo copyParts(ObjectInfo from, String source, String target, PutOptions options) {
    S3Parts parts = S3Parts.start(zone, writes, transfers, target, options);
    boolean completed = false;
    try {
      for (long at = 0; at < from.size(); at += COPIED_PART) {
        parts.copy(from, source, at, Math.min(COPIED_PART, from.size() - at));
      }
      ObjectInfo info = parts.completeCopy(from);
      completed = true;
      return info;
    } finally {
      if (!completed) {
        parts.abort();
      }
    }
  }

  private void requireAsGiven(String target, ObjectInfo from, PutOptions options) {
    new Checksums(
            from.size(),
            from.crc32c().orElseGet(() -> options.crc32c().orElse(0)),
            from.sha256().or(options::sha256))
        .requireAsGiven(zone.subject(target), options);
  }

  private ObjectInfo copyAtOnce(ObjectInfo from, String source, String target, PutOptions options) {
    String write = S3Metadata.newWrite();
    Map<String, String> metadata =
        S3Metadata.encode(zone.subject(target), options.metadata(), from.sha256(), write);
    CopyObjectRequest.Builder request =
        CopyObjectRequest.builder()
            .sourceBucket(zone.bucket())
            .sourceKey(zone.inBucket("copy", source))
            .copySourceIfMatch('"' + from.etag() + '"')
            .destinationBucket(zone.bucket())
            .destinationKey(zone.inBucket("write", target))
            .metadataDirective(MetadataDirective.REPLACE)
            .contentType(writes.type(target, options.contentType()))
            .metadata(metadata)
            .checksumAlgorithm(ChecksumAlgorithm.CRC32_C);
    if (!from.version().equals("null")) {
      request.sourceVersionId(from.version());
    }
    zone.kmsKey()
        .ifPresent(
            id -> request.serverSideEncryption(ServerSideEncryption.AWS_KMS).ssekmsKeyId(id));
    CopyObjectRequest built = request.build();
    return writes.settle(
        Call.COPY_OBJECT,
        target,
        zone.errors(),
        new Condition.None(),
        write,
        () -> {
          CopyObjectResponse answer = zone.s3().copyObject(built);
          return S3Infos.written(
              target,
              answer.versionId(),
              answer.copyObjectResult().eTag(),
              new S3Infos.Sent(
                  from.size(),
                  S3Infos.crc32c(
                      answer.copyObjectResult().checksumCRC32C(),
                      answer.copyObjectResult().checksumType()),
                  from.sha256(),
                  writes.type(target, options.contentType()),
                  options.metadata()),
              answer.copyObjectResult().lastModified());
        });
  }
}
