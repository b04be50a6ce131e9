/**
 * What every implementation of publishing is held to. Read {@link
 * io.lakesdk.publish.PublishingContract} first; an implementation joins it by saying how a lake is
 * opened.
 */
@NullMarked
package io.lakesdk.publish;

import org.jspecify.annotations.NullMarked;
