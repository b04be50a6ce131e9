/** Reads Amazon Ion, with Ion's own library, which is optional. Start at {@code IonFormat}. */
@NullMarked
package io.lakesdk.query.files.ion;

import org.jspecify.annotations.NullMarked;
