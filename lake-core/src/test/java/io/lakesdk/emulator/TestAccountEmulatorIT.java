package io.lakesdk.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.AwsBackend;
import io.lakesdk.AwsService;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.aws.AwsConnection;
import io.lakesdk.provision.Provisioning;
import io.lakesdk.storage.PutOptions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;

/** What tests leave on an account: nothing of theirs, and everything of others. */
@ExtendWith(TestAws.Fresh.class)
class TestAccountEmulatorIT {

  private static TestAccount account() {
    return new TestAccount("acme-test", "us-east-1", Optional.of(Emulator.moto().endpoint()));
  }

  private static AwsConnection connection(Lake lake) {
    return ((AwsBackend) lake.backend()).connection();
  }

  @Test
  void whatTestsMadeIsRemovedAndWhatOthersMadeIsNot() {
    TestAccount account = account();
    try (Lake others = Lake.onAws(TestAws.settings().account("acme-test-prod").build())) {
      S3Client s3 = connection(others).client(AwsService.S3, S3Client.builder());
      GlueClient glue = connection(others).client(AwsService.GLUE, GlueClient.builder());
      Provisioning.of(others).apply(Provisioning.of(others).plan());
      account.begin();

      try (Lake lake = Lake.onAws(account.settings().build())) {
        Provisioning.of(lake).apply(Provisioning.of(lake).plan());
        for (int i = 0; i < 3; i++) {
          lake.store(Zone.RAW).put("key", ("version " + i).getBytes(UTF_8), PutOptions.defaults());
        }
        lake.store(Zone.RAW).delete("key");
        lake.store(Zone.RAW).put("odd & <key>?", new byte[0], PutOptions.defaults());
        s3.createMultipartUpload(r -> r.bucket(account.run() + "-1-raw").key("unfinished"));
        glue.createDatabase(r -> r.databaseInput(in -> in.name("sales")));
        glue.createTable(r -> r.databaseName("sales").tableInput(in -> in.name("orders")));
      }
      account.clean();

      assertThat(s3.listBuckets().buckets())
          .extracting(Bucket::name)
          .containsExactlyInAnyOrder(
              "acme-test-prod-raw",
              "acme-test-prod-cleaned",
              "acme-test-prod-curated",
              "acme-test-prod-lake-metadata");
      assertThat(glue.getDatabases(r -> {}).databaseList()).extracting(Database::name).isEmpty();
    }
  }

  @Test
  void aRegionThatHasDatabasesIsRefusedAndLeftAlone() {
    TestAccount account = account();
    try (Lake others = Lake.onAws(TestAws.settings().build())) {
      GlueClient glue = connection(others).client(AwsService.GLUE, GlueClient.builder());
      glue.createDatabase(r -> r.databaseInput(in -> in.name("sales")));

      assertThatThrownBy(account::begin)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "Tests make and remove databases of Glue, and us-east-1 has some already: sales; run"
                  + " them in a region without any");
      account.clean();

      assertThat(glue.getDatabases(r -> {}).databaseList())
          .extracting(Database::name)
          .contains("sales");
    }
  }

  @Test
  void aPrefixThatWouldMakeForbiddenNamesIsRefused() {
    assertThatThrownBy(() -> new TestAccount("Acme", "us-east-1", Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "lake.aws.account has 3 to 16 lower-case letters, digits and hyphens, and starts with a"
                + " letter");
  }
}
