/**
 * Pipelines on an embedded lake. {@link io.lakesdk.process.embedded.EmbeddedProcessing} is the way
 * in. A {@code Plan} builds all relations of a pipeline without reading a row, which finds every
 * error of its definition, and names the load. A {@code Run} then does the steps: statements are
 * put into each other and run as one; {@code Inspection} counts the rows that break rules in one
 * cheap pass over the rules' columns, and only where there are such rows are they told from the
 * others and written to the {@code Quarantine}. What a step did goes to the {@code Journal}.
 */
@NullMarked
package io.lakesdk.process.embedded;

import org.jspecify.annotations.NullMarked;
