package io.lakesdk.examples;

import io.lakesdk.AwsSettings;
import io.lakesdk.Lake;
import io.lakesdk.provision.Provisioning;
import java.io.IOException;
import java.nio.file.Path;

/**
 * {@link FlightsLake} on AWS: its data is in S3, its tables are in Glue, and its pipelines and
 * queries run in this JVM. The lake is opened by another line; the rest of the program is the same.
 */
public final class FlightsOnAws {

  private FlightsOnAws() {}

  /**
   * Runs the example with the credentials that the AWS SDK finds.
   *
   * @param args a region, the name that buckets start with, and the folder for the page, {@code
   *     target} unless given
   */
  public static void main(String[] args) throws IOException {
    if (args.length < 2) {
      System.err.println("usage: FlightsOnAws REGION ACCOUNT [FOLDER]");
      return;
    }
    AwsSettings settings =
        AwsSettings.region(args[0])
            .account(args[1])
            .compute(AwsSettings.Compute.LOCAL)
            .lakeFormation(AwsSettings.LakeFormation.OFF)
            .build();
    run(settings, Path.of(args.length > 2 ? args[2] : "target"));
  }

  static void run(AwsSettings settings, Path home) throws IOException {
    try (Lake lake = Lake.onAws(settings)) {
      Provisioning provisioning = Provisioning.of(lake);
      provisioning.apply(provisioning.plan());
      FlightsLake.run(lake, home);
    }
  }
}
