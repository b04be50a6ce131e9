/**
 * Publishing on S3 and Glue. {@link io.lakesdk.publish.aws.GluePublishing} is the entrance; {@code
 * docs/design/publishing-on-aws.md} says how versions are kept.
 */
@NullMarked
package io.lakesdk.publish.aws;

import org.jspecify.annotations.NullMarked;
