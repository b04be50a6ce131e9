package io.lakesdk.storage.aws;

import io.lakesdk.fault.Call;
import io.lakesdk.storage.ObjectVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;

/** Lists versions of one zone's keys. */
final class S3Versions {

  /**
   * S3 answers in this order, but the SDK splits the answer into versions and markers, of which
   * each is in order. Times are whole seconds.
   */
  private static final Comparator<ObjectVersion> ORDER =
      Comparator.comparing(
              (ObjectVersion version) -> version.key().getBytes(StandardCharsets.UTF_8),
              Arrays::compareUnsigned)
          .thenComparing(version -> version.state())
          .thenComparing(ObjectVersion::modified, Comparator.reverseOrder())
          .thenComparing(ObjectVersion::kind, Comparator.reverseOrder());

  private final S3Zone zone;

  S3Versions(S3Zone zone) {
    this.zone = zone;
  }

  Stream<ObjectVersion> all(String prefix) {
    return pages("list", prefix, zone.prefixInBucket("list", prefix)).flatMap(this::versions);
  }

  /** The contents that a key has or had, the newest first. */
  Stream<software.amazon.awssdk.services.s3.model.ObjectVersion> contentOf(String key) {
    String name = zone.inBucket("write", key);
    return pages("write", key, name)
        .flatMap(page -> page.versions().stream())
        .takeWhile(version -> version.key().equals(name));
  }

  private Stream<ListObjectVersionsResponse> pages(String verb, String prefix, String inBucket) {
    ListObjectVersionsRequest first =
        ListObjectVersionsRequest.builder()
            .bucket(zone.bucket())
            .prefix(inBucket)
            .encodingType(EncodingType.URL)
            .build();
    return Stream.iterate(
            Optional.of(page(verb, prefix, first)),
            Optional::isPresent,
            page ->
                page.filter(answer -> Boolean.TRUE.equals(answer.isTruncated()))
                    .map(
                        answer ->
                            page(
                                verb,
                                prefix,
                                first.toBuilder()
                                    .keyMarker(answer.nextKeyMarker())
                                    .versionIdMarker(answer.nextVersionIdMarker())
                                    .build())))
        .map(Optional::orElseThrow);
  }

  private ListObjectVersionsResponse page(
      String verb, String prefix, ListObjectVersionsRequest request) {
    return zone.calls(zone.errors())
        .read(
            Call.LIST_OBJECTS,
            verb,
            zone.subject(prefix),
            () -> zone.s3().listObjectVersions(request));
  }

  private Stream<ObjectVersion> versions(ListObjectVersionsResponse page) {
    List<ObjectVersion> all = new ArrayList<>();
    page.versions()
        .forEach(
            version ->
                all.add(
                    new ObjectVersion(
                        zone.key(version.key()),
                        version.versionId(),
                        ObjectVersion.Kind.CONTENT,
                        state(version.isLatest()),
                        version.size(),
                        version.lastModified())));
    page.deleteMarkers()
        .forEach(
            marker ->
                all.add(
                    new ObjectVersion(
                        zone.key(marker.key()),
                        marker.versionId(),
                        ObjectVersion.Kind.DELETE_MARKER,
                        state(marker.isLatest()),
                        0,
                        marker.lastModified())));
    all.sort(ORDER);
    return all.stream();
  }

  private static ObjectVersion.State state(boolean isLatest) {
    return isLatest ? ObjectVersion.State.LATEST : ObjectVersion.State.EARLIER;
  }
}
