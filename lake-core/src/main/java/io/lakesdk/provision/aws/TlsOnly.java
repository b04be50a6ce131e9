package io.lakesdk.provision.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakesdk.AwsService;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.Subject;
import io.lakesdk.provision.Change;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;

/**
 * The statement of a bucket's policy that refuses every call without TLS; other statements stay.
 * Source: "Restrict access to only HTTPS requests" of the Amazon S3 user guide.
 */
record TlsOnly(BucketCalls calls) implements Part {

  private static final String ID = "LakeTlsOnly";
  private static final String WORDS = "calls without TLS are refused";
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public Change.Aspect aspect() {
    return Change.Aspect.POLICY;
  }

  /** Whether the lake itself could still call S3. */
  private boolean isUsable() {
    return calls
        .settings()
        .endpoint(AwsService.S3)
        .filter(uri -> !"https".equalsIgnoreCase(uri.getScheme()))
        .isEmpty();
  }

  @Override
  public Map<String, String> wanted(Bucket bucket) {
    return isUsable() ? Map.of(ID, WORDS) : Map.of();
  }

  @Override
  public Map<String, String> found(Bucket bucket) {
    if (!isUsable()) {
      return Map.of();
    }
    for (JsonNode statement : statements(bucket, policy(bucket))) {
      if (ID.equals(statement.path("Sid").asText())) {
        return Map.of(ID, statement.equals(ours(bucket)) ? WORDS : statement.toString());
      }
    }
    return Map.of();
  }

  private ObjectNode policy(Bucket bucket) {
    Optional<String> text =
        calls
            .find(
                bucket,
                aspect(),
                "s3:GetBucketPolicy",
                s3 ->
                    s3.getBucketPolicy(
                        request ->
                            request.bucket(bucket.name()).expectedBucketOwner(calls.owner())))
            .map(response -> response.policy())
            .filter(policy -> !policy.isBlank());
    try {
      return text.isEmpty()
          ? JSON.createObjectNode().put("Version", "2012-10-17")
          : JSON.readValue(text.get(), ObjectNode.class);
    } catch (JsonProcessingException e) {
      throw unreadable(bucket);
    }
  }

  /** A policy with one statement may have it without an array. */
  private static ArrayNode statements(Bucket bucket, ObjectNode policy) {
    JsonNode found = policy.path("Statement");
    if (found.isArray()) {
      return (ArrayNode) found;
    }
    if (found.isObject()) {
      return JSON.createArrayNode().add(found);
    }
    if (found.isMissingNode()) {
      return JSON.createArrayNode();
    }
    throw unreadable(bucket);
  }

  private static BadDataException unreadable(Bucket bucket) {
    return new BadDataException(
        "change the policy of",
        Subject.bucket(bucket.name()),
        "its policy is no JSON as S3 keeps it; look at it with aws s3api get-bucket-policy");
  }

  private ObjectNode ours(Bucket bucket) {
    String partition =
        Optional.ofNullable(Region.of(calls.settings().region()).metadata())
            .map(metadata -> metadata.partition().id())
            .orElse("aws");
    String arn = "arn:" + partition + ":s3:::" + bucket.name();
    ObjectNode statement = JSON.createObjectNode();
    statement.put("Sid", ID).put("Effect", "Deny").put("Principal", "*").put("Action", "s3:*");
    statement.putArray("Resource").add(arn).add(arn + "/*");
    statement.putObject("Condition").putObject("Bool").put("aws:SecureTransport", "false");
    return statement;
  }

  @Override
  public void put(Bucket bucket) {
    ObjectNode policy = policy(bucket);
    ArrayNode statements = statements(bucket, policy).deepCopy();
    statements.removeIf(statement -> ID.equals(statement.path("Sid").asText()));
    statements.add(ours(bucket));
    policy.set("Statement", statements);
    calls.change(
        bucket,
        aspect(),
        "s3:PutBucketPolicy",
        s3 ->
            s3.putBucketPolicy(
                request ->
                    request
                        .bucket(bucket.name())
                        .expectedBucketOwner(calls.owner())
                        .policy(policy.toString())));
  }
}
