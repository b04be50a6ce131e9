package io.lakesdk.storage;

import java.time.Instant;

/**
 * What a listing tells of a current object; {@link ObjectStore#head} tells the rest.
 *
 * @param key its name
 * @param size in bytes
 * @param etag as {@link ObjectInfo} has it
 * @param modified when it was written
 */
public record ListedObject(String key, long size, String etag, Instant modified) {}
