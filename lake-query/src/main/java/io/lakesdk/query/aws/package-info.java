/**
 * The query engine of a lake on AWS, on Athena. Start with {@link
 * io.lakesdk.query.aws.AthenaQueryEngine}.
 */
@NullMarked
package io.lakesdk.query.aws;

import org.jspecify.annotations.NullMarked;
