/**
 * What the AWS implementations of all layers share. {@link io.lakesdk.aws.AwsConnection} makes the
 * clients of services and is what every call to one passes: the lake's seam, retries with back-off
 * and a deadline, a circuit breaker for each service, and the translation of errors into those of
 * the SDK. What a service's own errors mean is said in one class of each {@code aws} package, which
 * implements {@link io.lakesdk.aws.AwsConnection.Errors}.
 */
@NullMarked
package io.lakesdk.aws;

import org.jspecify.annotations.NullMarked;
