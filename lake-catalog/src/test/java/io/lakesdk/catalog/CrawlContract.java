package io.lakesdk.catalog;

import io.lakesdk.Lake;

public abstract class CrawlContract {
  protected abstract Lake open();
}
