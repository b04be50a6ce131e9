/**
 * What every store must do: {@link io.lakesdk.storage.ObjectStoreContract} and {@link
 * io.lakesdk.storage.LocalFilesContract}. An implementation joins by a subclass that opens a lake.
 */
@NullMarked
package io.lakesdk.storage.check;

import org.jspecify.annotations.NullMarked;
