/** Tests of translation: what is refused and how, and that answers are Trino's. */
@NullMarked
package io.lakesdk.query.sql;

import org.jspecify.annotations.NullMarked;
