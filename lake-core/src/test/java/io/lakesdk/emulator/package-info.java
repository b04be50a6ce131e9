/**
 * The AWS that contract tests run on. {@link io.lakesdk.emulator.TestAws} is what tests use; {@link
 * io.lakesdk.emulator.Emulator} is the process behind it.
 */
@NullMarked
package io.lakesdk.emulator;

import org.jspecify.annotations.NullMarked;
