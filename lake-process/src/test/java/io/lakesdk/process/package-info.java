/**
 * What every implementation of processing does, as {@link io.lakesdk.process.ProcessingContract}
 * and what it extends, and how each joins in.
 */
@NullMarked
package io.lakesdk.process;

import org.jspecify.annotations.NullMarked;
