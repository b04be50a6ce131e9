package io.lakesdk.catalog.aws;

import io.lakesdk.Lake;
import io.lakesdk.VirtualClock;
import io.lakesdk.catalog.BadFilesContract;
import io.lakesdk.catalog.CatalogContract;
import io.lakesdk.catalog.CrawlContract;
import io.lakesdk.catalog.PartitionsContract;
import io.lakesdk.catalog.ViewsContract;
import io.lakesdk.emulator.TestAws;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestAws.Fresh.class)
class GlueCatalogEmulatorIT {

  @Nested
  class OfDatasets extends CatalogContract {
    @Override
    protected Lake open(VirtualClock time) {
      return TestAws.lake(with -> with.clock(time));
    }
  }

  @Nested
  class OfCrawls extends CrawlContract {
    @Override
    protected Lake open() {
      return TestAws.lake();
    }
  }

  @Nested
  class OfBadFiles extends BadFilesContract {
    @Override
    protected Lake open() {
      return TestAws.lake();
    }
  }

  @Nested
  class OfPartitions extends PartitionsContract {
    @Override
    protected Lake open() {
      return TestAws.lake();
    }
  }

  @Nested
  class UnderFaults extends CatalogContract {
    @Override
    protected Lake open(VirtualClock time) {
      return TestAws.faultyLake(with -> with.clock(time));
    }
  }

  @Nested
  class OfViews extends ViewsContract {
    @Override
    protected Lake open() {
      return TestAws.lake();
    }
  }

  @Nested
  class OfViewsUnderFaults extends ViewsContract {
    @Override
    protected Lake open() {
      return TestAws.faultyLake(with -> {});
    }
  }
}
