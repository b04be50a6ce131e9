/**
 * Whole-program measurements, each printed as a ratio to something run side by side or to the bound
 * that the product promises. {@link io.lakesdk.benchmarks.Benchmarks} runs them; each measurement
 * is one class.
 */
@NullMarked
package io.lakesdk.benchmarks;

import org.jspecify.annotations.NullMarked;
