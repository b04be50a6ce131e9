/**
 * What all stores check: keys ({@link io.lakesdk.storage.check.Keys}), the checksums of what is
 * written ({@link io.lakesdk.storage.check.Fingerprint}), those of what is read ({@link
 * io.lakesdk.storage.check.VerifiedStream}).
 */
@NullMarked
package io.lakesdk.storage.check;

import org.jspecify.annotations.NullMarked;
