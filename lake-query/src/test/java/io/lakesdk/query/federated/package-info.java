/** Federated sources: the contract of all, and what each has of its own. */
@NullMarked
package io.lakesdk.query.federated;

import org.jspecify.annotations.NullMarked;
