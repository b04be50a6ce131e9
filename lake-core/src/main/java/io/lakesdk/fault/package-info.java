/**
 * The seam that every call to storage and metadata passes. Users write {@link
 * io.lakesdk.fault.Faults} in their tests; implementations call {@link io.lakesdk.fault.Seam}. The
 * sorts of calls are in {@link io.lakesdk.fault.Call}.
 */
@NullMarked
package io.lakesdk.fault;

import org.jspecify.annotations.NullMarked;
