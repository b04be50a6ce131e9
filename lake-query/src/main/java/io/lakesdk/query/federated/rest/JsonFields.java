package io.lakesdk.query.federated.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The fields of an object by their names in lower case. */
record JsonFields(JsonNode object) {

  /** A field of exactly this name, or of this name in another case. */
  @Nullable JsonNode get(String name) {
    JsonNode exact = object.get(name);
    if (exact != null) {
      return exact;
    }
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String other = names.next();
      if (other.toLowerCase(Locale.ROOT).equals(name)) {
        return object.get(other);
      }
    }
    return null;
  }
}
