/** What is measured against the AWS SDK; {@link io.lakesdk.benchmarks.aws.S3Program} measures. */
@NullMarked
package io.lakesdk.benchmarks.aws;

import org.jspecify.annotations.NullMarked;
