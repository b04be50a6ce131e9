/**
 * Pages of a web service as federated sources. {@link io.lakesdk.query.federated.rest.RestSource}
 * is a service, {@link io.lakesdk.query.federated.rest.RestTable} one list in it, and {@link
 * io.lakesdk.query.federated.rest.Paging} how one page leads to the next.
 */
@NullMarked
package io.lakesdk.query.federated.rest;

import org.jspecify.annotations.NullMarked;
