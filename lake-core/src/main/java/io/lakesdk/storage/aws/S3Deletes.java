package io.lakesdk.storage.aws;

import com.google.common.collect.Lists;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.fault.Call;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Deletes objects of one zone. */
final class S3Deletes {

  private static final int PAGE = 1000;

  private final S3Zone zone;

  S3Deletes(S3Zone zone) {
    this.zone = zone;
  }

  void hide(String key) {
    String name = zone.inBucket("delete", key);
    zone.calls(zone.errors())
        .repeat(
            Call.DELETE_OBJECT,
            "delete",
            zone.subject(key),
            () -> zone.s3().deleteObject(request -> request.bucket(zone.bucket()).key(name)));
  }

  void remove(String key, String version) {
    String name = zone.inBucket("delete", key);
    S3Errors errors = zone.errors().ofVersion(Optional.of(version));
    zone.calls(errors)
        .repeat(
            Call.DELETE_OBJECT,
            "delete",
            zone.subject(key),
            () -> {
              try {
                zone.s3()
                    .deleteObject(
                        request -> request.bucket(zone.bucket()).key(name).versionId(version));
              } catch (S3Exception e) {
                if (!errors.isAbsent(e)) {
                  throw e;
                }
              }
              return Boolean.TRUE;
            });
  }

  /** Hides keys; gives those that could not be, with the reason of each. */
  Map<String, String> hideAll(Collection<String> keys) {
    Map<String, String> refused = new LinkedHashMap<>();
    Map<String, String> names = new LinkedHashMap<>();
    List<String> notInXml = new ArrayList<>();
    for (String key : keys) {
      try {
        String name = zone.inBucket("delete", key);
        if (isXml(name)) {
          names.put(name, key);
        } else {
          notInXml.add(key);
        }
      } catch (InvalidDefinitionException e) {
        refused.put(key, e.getMessage());
      }
    }
    for (String key : notInXml) {
      try {
        hide(key);
      } catch (LakeException e) {
        refused.put(key, e.getMessage());
      }
    }
    for (List<String> page : Lists.partition(List.copyOf(names.keySet()), PAGE)) {
      hidePage(page, names, refused);
    }
    return refused;
  }

  private void hidePage(List<String> page, Map<String, String> names, Map<String, String> refused) {
    Delete delete =
        Delete.builder()
            .quiet(true)
            .objects(
                page.stream().map(name -> ObjectIdentifier.builder().key(name).build()).toList())
            .build();
    try {
      DeleteObjectsResponse answer =
          zone.calls(zone.errors())
              .repeat(
                  Call.DELETE_OBJECT,
                  "delete",
                  Subject.zone(zone.zone()),
                  () ->
                      zone.s3()
                          .deleteObjects(request -> request.bucket(zone.bucket()).delete(delete)));
      answer
          .errors()
          .forEach(
              error ->
                  refused.put(
                      names.getOrDefault(error.key(), error.key()),
                      "Cannot delete "
                          + zone.subject(names.getOrDefault(error.key(), error.key()))
                          + ": S3 refused it with "
                          + error.code()));
    } catch (LakeException e) {
      page.forEach(name -> refused.put(names.getOrDefault(name, name), e.getMessage()));
    }
  }

  /** Whether XML 1.0, in which S3 is told what to delete, can say all characters. */
  private static boolean isXml(String name) {
    return name.codePoints().allMatch(c -> c >= 0x20 && c != 0xfffe && c != 0xffff);
  }
}
