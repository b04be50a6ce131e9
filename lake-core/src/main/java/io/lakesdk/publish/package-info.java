/**
 * How files become a table that changes as a whole. Read {@link io.lakesdk.publish.Publishing}
 * first, which is the contract, then {@link io.lakesdk.publish.Write}: the three things a load can
 * do. A load is written as a {@link io.lakesdk.publish.Draft} and answered with a {@link
 * io.lakesdk.publish.Publication}; readers hold a {@link io.lakesdk.publish.Snapshot}.
 */
@NullMarked
package io.lakesdk.publish;

import org.jspecify.annotations.NullMarked;
