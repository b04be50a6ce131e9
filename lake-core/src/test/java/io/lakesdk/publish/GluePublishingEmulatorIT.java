package io.lakesdk.publish;

import io.lakesdk.AwsBackend;
import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.emulator.TestAws;
import io.lakesdk.publish.aws.GluePublishing;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestAws.Fresh.class)
class GluePublishingEmulatorIT extends PublishingContract {

  @Override
  protected Lake open(Consumer<LakeOptions> with) {
    return TestAws.lake(with);
  }

  @Override
  protected String folderOfADraft() {
    return "[0-9a-f]{8}/";
  }

  /** Readers on AWS take the files that are where Glue says. */
  @Override
  protected List<String> foundByOthers(Dataset dataset) {
    try (GlueReader reader = new GlueReader(((AwsBackend) lake.backend()).settings())) {
      if (!reader.hasTable(dataset)) {
        reader.createTable(dataset, GluePublishing.initialFolder(dataset));
        ((GluePublishing) publishing).show(dataset);
      }
      return reader.texts(dataset);
    }
  }
}
