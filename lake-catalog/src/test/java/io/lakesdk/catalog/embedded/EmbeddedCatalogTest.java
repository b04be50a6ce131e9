package io.lakesdk.catalog.embedded;

import io.lakesdk.Lake;
import io.lakesdk.VirtualClock;
import io.lakesdk.catalog.BadFilesContract;
import io.lakesdk.catalog.CatalogContract;
import io.lakesdk.catalog.CrawlContract;
import io.lakesdk.catalog.PartitionsContract;
import io.lakesdk.catalog.ViewsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedCatalogTest {

  @Nested
  class InMemory extends CatalogContract {
    @Override
    protected Lake open(VirtualClock time) {
      return Lake.inMemory(with -> with.clock(time));
    }
  }

  @Nested
  class InAFolder extends CatalogContract {
    @TempDir Path folder;

    @Override
    protected Lake open(VirtualClock time) {
      return Lake.at(folder, with -> with.clock(time));
    }
  }

  @Nested
  class CrawlInMemory extends CrawlContract {
    @Override
    protected Lake open() {
      return Lake.inMemory();
    }
  }

  @Nested
  class CrawlInAFolder extends CrawlContract {
    @TempDir Path folder;

    @Override
    protected Lake open() {
      return Lake.at(folder);
    }
  }

  @Nested
  class BadFilesInMemory extends BadFilesContract {
    @Override
    protected Lake open() {
      return Lake.inMemory();
    }
  }

  @Nested
  class BadFilesInAFolder extends BadFilesContract {
    @TempDir Path folder;

    @Override
    protected Lake open() {
      return Lake.at(folder);
    }
  }

  @Nested
  class PartitionsInMemory extends PartitionsContract {
    @Override
    protected Lake open() {
      return Lake.inMemory();
    }
  }

  @Nested
  class ViewsInMemory extends ViewsContract {
    @Override
    protected Lake open() {
      return Lake.inMemory();
    }
  }

  @Nested
  class ViewsInAFolder extends ViewsContract {
    @TempDir Path folder;

    @Override
    protected Lake open() {
      return Lake.at(folder);
    }
  }
}
