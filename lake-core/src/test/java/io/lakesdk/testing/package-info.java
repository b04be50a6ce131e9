/**
 * Help for tests of crashes: {@link io.lakesdk.testing.ChildJvm} runs a main class of the test's
 * class path in a process of its own that can be killed at any moment, and {@link
 * io.lakesdk.testing.Outage} lets a lake fail from a chosen call on.
 */
@NullMarked
package io.lakesdk.testing;

import org.jspecify.annotations.NullMarked;
