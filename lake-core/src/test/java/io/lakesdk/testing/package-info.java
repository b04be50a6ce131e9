/**
 * Help for tests that need more than one JVM. Read {@link io.lakesdk.testing.ChildJvm}, which runs
 * a main class of the test's class path in a process of its own that can be killed at any moment.
 */
@NullMarked
package io.lakesdk.testing;

import org.jspecify.annotations.NullMarked;
