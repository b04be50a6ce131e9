package io.lakesdk;

import io.lakesdk.metadata.MetadataStore;
import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ObjectStore;
import java.util.function.Function;

/**
 * What an embedded lake runs on. For the layers, not for applications: nothing that is reached
 * through it asks for permission.
 *
 * @param metadata the lake's one database
 * @param files its objects as files
 * @param stores the objects of each zone
 */
public record EmbeddedBackend(
    MetadataStore metadata, LocalFiles files, Function<Zone, ObjectStore> stores)
    implements Backend {}
