/**
 * What lies in the folders of a table: {@link io.lakesdk.query.folder.FolderFiles} finds the
 * objects that others put there.
 */
@NullMarked
package io.lakesdk.query.folder;

import org.jspecify.annotations.NullMarked;
