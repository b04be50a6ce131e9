package io.lakesdk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AwsPlaceTest {

  private static AwsSettings.Builder settings() {
    return AwsSettings.region("eu-west-1").account("acme-lake");
  }

  @Test
  void zonesAreFoundByTheirBuckets() {
    Zone shared = Zone.named("shared");
    AwsSettings settings = settings().bucket(shared, "their-bucket").build();
    assertThat(AwsPlace.parse(settings, "s3://their-bucket/x/y"))
        .contains(new AwsPlace(shared, "x/y/"));
    assertThat(AwsPlace.parse(settings, "s3a://acme-lake-raw/x/"))
        .contains(new AwsPlace(Zone.RAW, "x/"));
    assertThat(AwsPlace.parse(settings, "s3://acme-lake-raw/")).isEmpty();
    assertThat(AwsPlace.parse(settings, "s3://acme-lake-Not_A_Zone/x/")).isEmpty();
    assertThat(AwsPlace.parse(settings, "s3://other/x/")).isEmpty();
    assertThat(AwsPlace.parse(settings, "hdfs://acme-lake-raw/x/")).isEmpty();
    assertThat(new AwsPlace(Zone.RAW, "x/").uri(settings)).isEqualTo("s3://acme-lake-raw/x/");
  }

  @Test
  void zonesAreFoundByTheirPrefixesInOneBucket() {
    AwsSettings settings = settings().oneBucket("all").build();
    assertThat(AwsPlace.parse(settings, "s3://all/raw/x/")).contains(new AwsPlace(Zone.RAW, "x/"));
    assertThat(AwsPlace.parse(settings, "s3://all/raw/")).isEmpty();
    assertThat(AwsPlace.parse(settings, "s3://all/x")).isEmpty();
    assertThat(AwsPlace.parse(settings, "s3://other/raw/x/")).isEmpty();
    assertThat(new AwsPlace(Zone.RAW, "x/").uri(settings)).isEqualTo("s3://all/raw/x/");
  }
}
