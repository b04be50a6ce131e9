/**
 * Provisioning of embedded lakes, of which there is little: {@link
 * io.lakesdk.provision.embedded.EmbeddedProvisioning}.
 */
@NullMarked
package io.lakesdk.provision.embedded;

import org.jspecify.annotations.NullMarked;
