package io.lakesdk.query.aws;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows as Athena prints them, front to back. */
interface TextRows {

  /** The texts of the next row, null where a value is NULL; empty after the last. */
  Optional<@Nullable String[]> next();
}
