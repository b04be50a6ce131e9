/**
 * Sessions of the query engine for the layers above it. {@link
 * io.lakesdk.query.workbench.Workbench} is all there is: relations come from datasets, from rows
 * made elsewhere, or from a statement over other relations, and are streamed or written as files of
 * a load.
 */
@NullMarked
package io.lakesdk.query.workbench;

import org.jspecify.annotations.NullMarked;
