package io.lakesdk.publish;

import io.lakesdk.storage.ObjectRef;
import java.util.OptionalLong;

/**
 * A file of a dataset.
 *
 * @param object where its bytes are
 * @param partition the partition that it belongs to
 * @param bytes its size
 * @param rows how many rows it holds, where known: a file landed as it is has not been counted
 * @param sha256 of its content, lower-case hexadecimal
 */
public record DataFile(
    ObjectRef object, Partition partition, long bytes, OptionalLong rows, String sha256) {}
