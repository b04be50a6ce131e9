/**
 * What whole text files are compressed with: {@link
 * io.lakesdk.query.files.compression.TextCompression}.
 */
@NullMarked
package io.lakesdk.query.files.compression;

import org.jspecify.annotations.NullMarked;
