/** What publishing on AWS asks of Glue. */
@NullMarked
package io.lakesdk.publish.aws;

import org.jspecify.annotations.NullMarked;
