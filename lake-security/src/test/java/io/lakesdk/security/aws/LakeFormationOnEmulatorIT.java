package io.lakesdk.security.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.AwsSettings;
import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.emulator.TestAws;
import io.lakesdk.security.Grant;
import io.lakesdk.security.SecurityContract;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.lakeformation.LakeFormationClient;
import software.amazon.awssdk.services.lakeformation.model.Permission;
import software.amazon.awssdk.services.lakeformation.model.PrincipalResourcePermissions;
import software.amazon.awssdk.services.lakeformation.model.Resource;
import software.amazon.awssdk.services.lakeformation.model.ResourceInfo;

/**
 * The contract again, with grants given to the emulator's Lake Formation, and what is there then.
 */
@ExtendWith(TestAws.Fresh.class)
class LakeFormationOnEmulatorIT extends SecurityContract {

  private static final String ROLE = "arn:aws:iam::123456789012:role/lake-analyst";

  private final AwsSettings settings =
      TestAws.settings()
          .lakeFormation(AwsSettings.LakeFormation.ON)
          .principalRoles("arn:aws:iam::123456789012:role/lake-{name}")
          .httpClient(() -> new HttpWithCellsFilters(ApacheHttpClient.create()))
          .build();
  private final LakeFormationClient lakeFormation =
      LakeFormationClient.builder()
          .region(Region.of(settings.region()))
          .endpointOverride(settings.endpoint().orElseThrow())
          .credentialsProvider(settings.credentials().orElseThrow())
          .httpClientBuilder(ApacheHttpClient.builder())
          .build();

  @Override
  protected Lake open(Consumer<LakeOptions> with) {
    TestAws.createBuckets(settings);
    return Lake.onAws(settings, with);
  }

  @Override
  protected boolean isDurable() {
    return true;
  }

  @AfterEach
  void closeClient() {
    lakeFormation.close();
  }

  @Nested
  class Giving {

    private List<PrincipalResourcePermissions> given() {
      return lakeFormation.listPermissions(request -> {}).principalResourcePermissions();
    }

    @Test
    void aTableAndItsColumnsAreGivenAndTakenBack() {
      Grant all = Grant.select().on("aviation.flights").to(ANALYST);
      Grant some = Grant.select("b", "a").on("aviation.airports").to(ANALYST);
      security.grant(all);
      security.grant(some);
      assertThat(given())
          .allSatisfy(
              permission -> {
                assertThat(permission.principal().dataLakePrincipalIdentifier()).isEqualTo(ROLE);
                assertThat(permission.permissions()).containsExactly(Permission.SELECT);
                assertThat(permission.permissionsWithGrantOption()).isEmpty();
              });
      assertThat(given())
          .extracting(PrincipalResourcePermissions::resource)
          .containsExactlyInAnyOrder(
              Resource.builder().table(t -> t.databaseName("aviation").name("flights")).build(),
              Resource.builder()
                  .tableWithColumns(
                      t -> t.databaseName("aviation").name("airports").columnNames("a", "b"))
                  .build());
      security.revoke(some);
      assertThat(given()).hasSize(1);
      security.revoke(all);
      assertThat(given()).isEmpty();
    }

    @Test
    void aZoneIsRegisteredAndItsWritersGetItsLocation() {
      Grant write = Grant.write().on(Zone.RAW).to(ANALYST);
      security.grant(Grant.read().on(Zone.RAW).to(ANALYST));
      security.grant(write);
      String location = "arn:aws:s3:::" + settings.bucket(Zone.RAW);
      assertThat(lakeFormation.listResources(request -> {}).resourceInfoList())
          .extracting(ResourceInfo::resourceArn)
          .containsExactly(location);
      assertThat(given()).hasSize(1);
      assertThat(given().get(0).permissions()).containsExactly(Permission.DATA_LOCATION_ACCESS);
      assertThat(given().get(0).resource().dataLocation().resourceArn()).isEqualTo(location);
      security.revoke(write);
      assertThat(given()).isEmpty();
    }

    @Test
    void theLocationOfADatasetIsRegisteredOnce() {
      String bucket = settings.bucket(Zone.CURATED);
      try (GlueClient glue =
          GlueClient.builder()
              .region(Region.of(settings.region()))
              .endpointOverride(settings.endpoint().orElseThrow())
              .credentialsProvider(settings.credentials().orElseThrow())
              .httpClientBuilder(ApacheHttpClient.builder())
              .build()) {
        glue.createDatabase(request -> request.databaseInput(d -> d.name("aviation")));
        glue.createTable(
            request ->
                request
                    .databaseName("aviation")
                    .tableInput(
                        t ->
                            t.name("flights")
                                .parameters(
                                    Map.of(
                                        "lake.zone", "curated", "lake.folder", "aviation/flights/"))
                                .storageDescriptor(
                                    d -> d.location("s3://" + bucket + "/aviation/flights/v1/"))));
      }
      security.grant(Grant.select().on("aviation.flights").to(ANALYST));
      security.grant(Grant.select("a").on("aviation.flights").to(Principal.role("other")));
      assertThat(lakeFormation.listResources(request -> {}).resourceInfoList())
          .extracting(ResourceInfo::resourceArn)
          .containsExactly("arn:aws:s3:::" + bucket + "/aviation/flights/");
      assertThat(given()).hasSize(2);
    }

    @Test
    void reconcilingGivesAgainWhatWasLost() {
      security.grant(Grant.select().on("aviation.flights").to(ANALYST));
      lakeFormation.revokePermissions(
          request ->
              request
                  .principal(p -> p.dataLakePrincipalIdentifier(ROLE))
                  .resource(r -> r.table(t -> t.databaseName("aviation").name("flights")))
                  .permissions(Permission.SELECT));
      assertThat(given()).isEmpty();
      ((LakeFormationSecurity) security).reconcile();
      assertThat(given()).hasSize(1);
    }
  }
}
