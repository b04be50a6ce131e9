package io.lakesdk.catalog;

import io.lakesdk.publish.Partition;
import io.lakesdk.storage.ObjectRef;
import java.util.OptionalLong;

/**
 * A file that a crawl looked at.
 *
 * @param object the object in the version that was read
 * @param partition the partition that its folders say
 * @param bytes its size
 * @param rows how many rows it holds, if it was read to its end
 */
public record CrawledFile(ObjectRef object, Partition partition, long bytes, OptionalLong rows) {}
