/** What statements besides queries promise, in every lake whose engine is in this process. */
@NullMarked
package io.lakesdk.query.statement;

import org.jspecify.annotations.NullMarked;
