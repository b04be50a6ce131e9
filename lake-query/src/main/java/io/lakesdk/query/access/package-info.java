/**
 * What all engines do about permissions: {@link io.lakesdk.query.access.VisibleDatasets} finds the
 * datasets that a statement names, as far as the lake's principal may see them.
 */
@NullMarked
package io.lakesdk.query.access;

import org.jspecify.annotations.NullMarked;
