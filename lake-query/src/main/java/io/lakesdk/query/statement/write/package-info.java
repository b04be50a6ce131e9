/**
 * How statements write rows: {@link io.lakesdk.query.statement.write.TableLoad} puts the rows of a
 * query into a table; the other classes say which table and which columns.
 */
@NullMarked
package io.lakesdk.query.statement.write;

import org.jspecify.annotations.NullMarked;
