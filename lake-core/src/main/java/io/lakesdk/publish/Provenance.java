package io.lakesdk.publish;

import io.lakesdk.AwsBackend;
import io.lakesdk.DatasetId;
import io.lakesdk.EmbeddedBackend;
import io.lakesdk.Lake;
import io.lakesdk.publish.aws.GluePublishing;
import io.lakesdk.publish.embedded.EmbeddedPublishing;
import java.util.List;

/**
 * Which data was made from which, whoever asks. For the layers, which decide by themselves what to
 * show.
 */
public interface Provenance {

  static Provenance of(Lake lake) {
    return lake.backend() instanceof AwsBackend aws
        ? GluePublishing.provenance(aws)
        : EmbeddedPublishing.provenance(lake, (EmbeddedBackend) lake.backend());
  }

  /** Whether anything was ever published to the dataset, also if nothing of it is left. */
  boolean hasVersions(DatasetId dataset);

  /** What its versions were made from, by name. */
  List<Step> to(DatasetId dataset);

  /** What was made from it, by dataset. */
  List<Step> from(DatasetId dataset);

  /**
   * All loads that read one source and wrote one dataset in one way, added up.
   *
   * @param source what was read; of a dataset the newest version that was
   * @param target what was written
   * @param written the newest version of it that was
   */
  record Step(Version.Source source, DatasetId target, long written) {}
}
