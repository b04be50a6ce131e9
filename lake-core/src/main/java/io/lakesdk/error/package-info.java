/**
 * The errors of the SDK: one root, {@link io.lakesdk.error.LakeException}, and eight kinds. Start
 * with {@link io.lakesdk.error.Subject}, which every error keeps, then read the one sentence on
 * each kind. Throw them as {@code new NotFoundException("read", Subject.object(zone, key), "it does
 * not exist")}.
 */
@NullMarked
package io.lakesdk.error;

import org.jspecify.annotations.NullMarked;
