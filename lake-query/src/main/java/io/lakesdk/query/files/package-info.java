/**
 * Files that the engine does not read by itself: what their bytes are compressed with, and the rows
 * of formats that Java reads.
 */
@NullMarked
package io.lakesdk.query.files;

import org.jspecify.annotations.NullMarked;
