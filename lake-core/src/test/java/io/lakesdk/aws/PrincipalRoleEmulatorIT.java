package io.lakesdk.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lakesdk.AwsService;
import io.lakesdk.AwsSettings;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.emulator.Emulator;
import io.lakesdk.emulator.TestAws;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.fault.Call;
import io.lakesdk.fault.Faults;
import io.lakesdk.fault.Seam;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.s3.S3Client;

/** Principals call AWS with their role's rights, where the emulator enforces policies of IAM. */
@ExtendWith(TestAws.Fresh.class)
class PrincipalRoleEmulatorIT {

  private static final String TRUST =
      "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\","
          + "\"Action\":\"sts:AssumeRole\",\"Principal\":{\"AWS\":\"*\"}}}";
  private static final Principal ANALYST = Principal.role("analyst");
  private static final Principal GUEST = Principal.role("guest");
  private static final String ROLES = "arn:aws:iam::123456789012:role/lake-{name}";

  private AwsSettings.Builder settings;
  private String bucket;

  @BeforeEach
  void createRolesAndEnforcePolicies() {
    AwsSettings plain = TestAws.settings().build();
    TestAws.createBuckets(plain);
    bucket = plain.bucket(Zone.RAW);
    AccessKey key;
    try (IamClient iam = iam(plain)) {
      role(iam, "lake-analyst", "\"s3:GetObject\"");
      role(iam, "lake-guest", "\"s3:ListBucket\"");
      key = user(iam, "loader", "[\"s3:*\",\"sts:AssumeRole\"]");
    }
    settings =
        TestAws.settings()
            .account(plain.account())
            .credentials(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey())));
    enforceFrom("0");
  }

  @AfterEach
  void enforceNothing() {
    enforceFrom("inf");
  }

  private static void enforceFrom(String call) {
    Emulator.moto().post("/moto-api/reset-auth", call, r -> r.header("Content-Type", "text/plain"));
  }

  private static IamClient iam(AwsSettings settings) {
    return IamClient.builder()
        .endpointOverride(settings.endpoint().orElseThrow())
        .region(Region.AWS_GLOBAL)
        .credentialsProvider(settings.credentials().orElseThrow())
        .build();
  }

  private static void role(IamClient iam, String name, String actions) {
    iam.createRole(r -> r.roleName(name).assumeRolePolicyDocument(TRUST));
    iam.putRolePolicy(r -> r.roleName(name).policyName("p").policyDocument(allow(actions)));
  }

  private static AccessKey user(IamClient iam, String name, String actions) {
    iam.createUser(r -> r.userName(name));
    iam.putUserPolicy(r -> r.userName(name).policyName("p").policyDocument(allow(actions)));
    return iam.createAccessKey(r -> r.userName(name)).accessKey();
  }

  private static String allow(String actions) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":"
        + actions
        + ",\"Resource\":\"*\"}}";
  }

  private String read(AwsConnection connection, Principal principal) {
    return connection
        .calls(AwsService.S3, error -> Optional.empty())
        .read(
            Call.GET_OBJECT,
            "read",
            Subject.object(Zone.RAW, "a"),
            () ->
                connection
                    .client(AwsService.S3, principal, S3Client.builder())
                    .getObjectAsBytes(r -> r.bucket(bucket).key("a"))
                    .asString(UTF_8));
  }

  private AwsConnection connect() {
    AwsConnection connection =
        new AwsConnection(
            settings.build(),
            new Seam(Faults.none(), new SimpleMeterRegistry()),
            Clock.systemUTC());
    connection
        .client(AwsService.S3, S3Client.builder())
        .putObject(r -> r.bucket(bucket).key("a"), RequestBody.fromString("content"));
    return connection;
  }

  @Test
  void aPrincipalMayWhatItsRoleMay() {
    settings.principalRoles(ROLES);
    try (AwsConnection connection = connect()) {
      assertThat(read(connection, ANALYST)).isEqualTo("content");
      assertThat(read(connection, Principal.ADMINISTRATOR)).isEqualTo("content");
    }
  }

  @Test
  void whatItsRoleMayNotIsRefused() {
    settings.principalRoles(ROLES);
    try (AwsConnection connection = connect()) {
      assertThatExceptionOfType(AccessDeniedException.class)
          .isThrownBy(() -> read(connection, GUEST))
          .withMessage(
              "Cannot read object raw/a: the policies of the credentials do not allow it (s3"
                  + " AccessDenied)");
    }
  }

  @Test
  void aRoleThatCannotBeAssumedIsNamed() {
    AccessKey nobody;
    enforceFrom("inf");
    try (IamClient iam = iam(TestAws.settings().build())) {
      nobody = user(iam, "nobody", "\"s3:PutObject\"");
    }
    enforceFrom("0");
    settings
        .principalRoles(ROLES)
        .credentials(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(nobody.accessKeyId(), nobody.secretAccessKey())));
    try (AwsConnection connection = connect()) {
      assertThatExceptionOfType(AccessDeniedException.class)
          .isThrownBy(() -> read(connection, ANALYST))
          .withMessage(
              "Cannot assume the role of principal role analyst: AWS does not let the lake's"
                  + " credentials assume arn:aws:iam::123456789012:role/lake-analyst; see that it"
                  + " exists, that its trust policy names them, and that they are allowed"
                  + " sts:AssumeRole");
    }
  }

  @Test
  void whereNoRolesAreKnownThereIsNoneForAPrincipal() {
    try (AwsConnection connection = connect()) {
      assertThatExceptionOfType(InvalidDefinitionException.class)
          .isThrownBy(() -> read(connection, ANALYST))
          .withMessage(
              "Cannot call AWS as principal role analyst: no role is known for it; open the lake"
                  + " with AwsSettings...principalRoles(\"arn:aws:iam::ACCOUNT:role/{name}\")");
    }
  }
}
