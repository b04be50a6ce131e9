/**
 * The one database of an embedded lake, in SQLite. For the layers' embedded implementations: {@link
 * io.lakesdk.metadata.MetadataStore} runs transactions, {@link io.lakesdk.metadata.Tx} is one. Each
 * layer brings its own tables as a {@link io.lakesdk.metadata.Migrations} under its own name.
 */
@NullMarked
package io.lakesdk.metadata;

import org.jspecify.annotations.NullMarked;
