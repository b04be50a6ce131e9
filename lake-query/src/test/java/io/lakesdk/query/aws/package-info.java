/** Tests of the engine on Athena: requests that leave, and results of every type. */
@NullMarked
package io.lakesdk.query.aws;

import org.jspecify.annotations.NullMarked;
