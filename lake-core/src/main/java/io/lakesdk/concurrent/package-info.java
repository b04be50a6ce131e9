/**
 * Work that is done by several threads at once, for all layers of the SDK. Not for applications.
 */
@NullMarked
package io.lakesdk.concurrent;

import org.jspecify.annotations.NullMarked;
