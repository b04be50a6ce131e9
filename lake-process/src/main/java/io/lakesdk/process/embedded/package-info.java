/**
 * Pipelines on an embedded lake. Start with {@link io.lakesdk.process.embedded.EmbeddedProcessing}.
 */
@NullMarked
package io.lakesdk.process.embedded;

import org.jspecify.annotations.NullMarked;
