/**
 * Brings the storage of a lake into the shape that its zones are described in. Start with {@link
 * io.lakesdk.provision.Provisioning}; a {@link io.lakesdk.provision.Plan} shows what would change,
 * and is then applied as it is. What a zone shall be like is said by {@link
 * io.lakesdk.ZoneSettings}.
 */
@NullMarked
package io.lakesdk.provision;

import org.jspecify.annotations.NullMarked;
