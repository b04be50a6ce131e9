package io.lakesdk.schema;

import org.jspecify.annotations.Nullable;

/** Turns the values of one Java type into those of one column type and back. */
interface Codec {

  /** The column type. */
  DataType type();

  /** The value as the layers above pass it; null stays null. */
  @Nullable Object toLake(@Nullable Object value);

  /** The value as the record holds it; refuses what does not fit exactly. */
  @Nullable Object toJava(@Nullable Object value);
}
