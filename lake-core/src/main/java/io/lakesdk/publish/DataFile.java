package io.lakesdk.publish;

import io.lakesdk.storage.ObjectRef;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file of a dataset.
 *
 * @param object where its bytes are
 * @param partition the partition that it belongs to
 * @param bytes its size
 * @param rows how many rows it holds, where known: a file landed as it is has not been counted
 * @param sha256 of its content, lower-case hexadecimal; empty where it is an object of which nobody
 *     said it
 */
public record DataFile(
    ObjectRef object,
    Partition partition,
    long bytes,
    OptionalLong rows,
    Optional<String> sha256) {}
