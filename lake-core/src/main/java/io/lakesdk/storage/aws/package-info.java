/** The objects of a lake on S3. {@link io.lakesdk.storage.aws.S3Storage} is what a lake opens. */
@NullMarked
package io.lakesdk.storage.aws;

import org.jspecify.annotations.NullMarked;
