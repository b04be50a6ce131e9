/**
 * Programs as users write them. Start with {@link io.lakesdk.examples.QuickStart}, which is the
 * README's; {@link io.lakesdk.examples.FlightsLake} uses every layer on real data. How a user tests
 * a pipeline is {@code OwnTest}, among this module's tests.
 */
@NullMarked
package io.lakesdk.examples;

import org.jspecify.annotations.NullMarked;
