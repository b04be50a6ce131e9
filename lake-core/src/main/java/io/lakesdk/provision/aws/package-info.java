/**
 * Provisioning on S3. {@link io.lakesdk.provision.aws.S3Provisioning} compares what is with what
 * shall be, part by part; each {@code Part} knows one setting of a bucket, and keeps what others
 * put there.
 */
@NullMarked
package io.lakesdk.provision.aws;

import org.jspecify.annotations.NullMarked;
