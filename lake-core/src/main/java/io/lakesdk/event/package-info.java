/**
 * What happens in a lake, for those who listen. Implement {@link io.lakesdk.event.LakeListener} and
 * pass it when opening the lake; events of the layers above live beside their layer.
 */
@NullMarked
package io.lakesdk.event;

import org.jspecify.annotations.NullMarked;
