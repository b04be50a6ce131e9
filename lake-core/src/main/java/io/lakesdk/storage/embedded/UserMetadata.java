package io.lakesdk.storage.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;

/** The user's pairs as the index holds them: a JSON object, or nothing where there are none. */
final class UserMetadata {

  private UserMetadata() {}

  /** Objects without metadata, which are most, must not load Jackson. */
  private static final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<Map<String, String>> PAIRS = new TypeReference<>() {};
  }

  static Optional<String> write(Map<String, String> pairs) {
    if (pairs.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.MAPPER.writeValueAsString(pairs));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("pairs of text are always JSON", e);
    }
  }

  static Map<String, String> read(Optional<String> json) {
    if (json.isEmpty()) {
      return Map.of();
    }
    try {
      return Json.MAPPER.readValue(json.get(), Json.PAIRS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the index holds user metadata that is not JSON", e);
    }
  }
}
