package io.lakesdk.provision.aws;

import io.lakesdk.AwsService;
import io.lakesdk.KeyId;
import io.lakesdk.aws.AwsConnection;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.fault.Call;
import java.util.Optional;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyState;

/** Looks at KMS keys. */
final class Keys {

  private final AwsConnection connection;

  Keys(AwsConnection connection) {
    this.connection = connection;
  }

  /**
   * The ARN of a key that can encrypt objects.
   *
   * @throws InvalidDefinitionException if it is in another region or cannot encrypt objects
   * @throws UnavailableException if it is disabled or on its way out
   */
  String usable(KeyId key) {
    String region = connection.settings().region();
    if (key.region().filter(found -> !found.equals(region)).isPresent()) {
      throw new InvalidDefinitionException(
          "use",
          subject(key),
          "it is in "
              + key.region().get()
              + " and the lake in "
              + region
              + "; S3 takes keys of its own region only");
    }
    KeyMetadata found = describe(key);
    if (found.keyState() == KeyState.PENDING_DELETION) {
      throw unusable(key, "it is about to be deleted; cancel its deletion, or name another key");
    }
    if (found.keyState() == KeyState.DISABLED) {
      throw unusable(key, "it is disabled; enable it, or name another key");
    }
    if (found.keyState() != KeyState.ENABLED) {
      throw unusable(key, "it is " + found.keyStateAsString() + "; name another key");
    }
    if (found.keySpec() != null && found.keySpec() != KeySpec.SYMMETRIC_DEFAULT) {
      throw new InvalidDefinitionException(
          "use",
          subject(key),
          "it is a key of type " + found.keySpecAsString() + ", and S3 takes symmetric ones only");
    }
    return found.arn();
  }

  private static UnavailableException unusable(KeyId key, String reason) {
    return new UnavailableException("use", subject(key), reason);
  }

  private static Subject subject(KeyId key) {
    return Subject.of(Subject.Kind.KEY, key.value());
  }

  private KeyMetadata describe(KeyId key) {
    KmsClient kms = connection.client(AwsService.KMS, KmsClient.builder());
    return connection
        .calls(
            AwsService.KMS,
            new BucketErrors(connection.settings().region(), "kms:DescribeKey", false))
        .read(
            Call.READ_ACCOUNT,
            "use",
            subject(key),
            () -> kms.describeKey(request -> request.keyId(key.value())).keyMetadata());
  }

  /**
   * A key that a bucket names, as the ARN that it stands for if it is the wanted one under another
   * name, and otherwise as the bucket names it.
   */
  String comparable(String found, Optional<String> wanted) {
    if (wanted.isEmpty() || found.equals(wanted.get())) {
      return found;
    }
    try {
      return describe(KeyId.of(found)).arn();
    } catch (LakeException unknown) {
      return found;
    }
  }
}
