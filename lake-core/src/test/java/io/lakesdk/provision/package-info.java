/**
 * The contract of provisioning, and what it asks of AWS: on an emulator where that keeps what it is
 * told, and elsewhere on the requests that leave.
 */
@NullMarked
package io.lakesdk.provision;

import org.jspecify.annotations.NullMarked;
