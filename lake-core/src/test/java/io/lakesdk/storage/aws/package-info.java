/** Tests of what S3 is sent, beyond the contracts of storage. */
@NullMarked
package io.lakesdk.storage.aws;

import org.jspecify.annotations.NullMarked;
