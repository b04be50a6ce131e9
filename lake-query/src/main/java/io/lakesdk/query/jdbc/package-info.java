/**
 * The lake as a JDBC database, for tools and libraries that speak JDBC. Read {@link
 * io.lakesdk.query.jdbc.LakeDriver} first, which says how URLs are written and who is asking; an
 * application that has its lake open takes a {@link io.lakesdk.query.jdbc.LakeDataSource}. Both end
 * at {@code LakeConnection}, whose statements are those of {@link io.lakesdk.query.QueryEngine} and
 * whose metadata is what {@code Catalog} shows to the connection's principal. The superclasses of
 * the driver's classes hold what JDBC has and a lake has not, so that the classes themselves show
 * what there is.
 */
@NullMarked
package io.lakesdk.query.jdbc;

import org.jspecify.annotations.NullMarked;
