/** Tests of the JDBC driver, some of them with clients that others made. */
@NullMarked
package io.lakesdk.query.jdbc;

import org.jspecify.annotations.NullMarked;
