/** Reads documents of JSON whose rows are inside of them. Start at {@code CloudTrailFormat}. */
@NullMarked
package io.lakesdk.query.files.json;

import org.jspecify.annotations.NullMarked;
