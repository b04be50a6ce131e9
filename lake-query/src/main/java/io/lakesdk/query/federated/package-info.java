/**
 * Data that stays where it is and is queried together with the lake. Read {@link
 * io.lakesdk.query.federated.FederatedSource} first: what a source is, and how to make one of a
 * database, of pages of a web service, or of Java objects. {@link
 * io.lakesdk.query.federated.Federation} gives it a name in statements.
 */
@NullMarked
package io.lakesdk.query.federated;

import org.jspecify.annotations.NullMarked;
