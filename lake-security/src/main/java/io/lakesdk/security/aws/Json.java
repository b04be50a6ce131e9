package io.lakesdk.security.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakesdk.DatasetId;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.Action;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.security.AuditEntry;
import io.lakesdk.security.Grant;
import io.lakesdk.security.decision.AuditKeeper.Numbered;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Grants and entries of the audit as JSON. All of it is ASCII, so that any name can be kept. */
final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static String text(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON can be written", e);
    }
  }

  /**
   * What the text says. The error has no cause, which could show a value.
   *
   * @param where the object that holds it
   * @throws BadDataException if it is not what {@code as} expects
   */
  static <T> T parse(String text, Subject where, Function<JsonNode, T> as) {
    try {
      return as.apply(MAPPER.readTree(text));
    } catch (JsonProcessingException
        | IllegalArgumentException
        | DateTimeException
        | LakeException e) {
      throw new BadDataException(
          "read",
          where,
          "it was damaged, or written by a newer SDK; restore an earlier version of it");
    }
  }

  static JsonNode required(JsonNode node, String field) {
    JsonNode value = node.get(field);
    if (value == null || value.isNull()) {
      throw new IllegalArgumentException("there is no " + field);
    }
    return value;
  }

  static Optional<JsonNode> optional(JsonNode node, String field) {
    @Nullable JsonNode value = node.get(field);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  static <T> List<T> list(JsonNode array, Function<JsonNode, T> as) {
    return StreamSupport.stream(array.spliterator(), false).map(as).toList();
  }

  static ArrayNode array(Collection<? extends JsonNode> nodes) {
    return JsonNodeFactory.instance.arrayNode().addAll(nodes);
  }

  private static ArrayNode names(Set<String> names) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    new TreeSet<>(names).forEach(array::add);
    return array;
  }

  private static Set<String> names(JsonNode array) {
    return Set.copyOf(list(array, JsonNode::asText));
  }

  static ObjectNode of(Grant grant) {
    ObjectNode node = object().put("principal", grant.principal().toString());
    if (grant instanceof Grant.Select select) {
      node.put("action", Action.SELECT.toString()).put("dataset", select.dataset().toString());
      select.columns().ifPresent(columns -> node.set("columns", names(columns)));
      select.rows().ifPresent(rows -> node.put("rows", rows));
    } else if (grant instanceof Grant.OnZone onZone) {
      node.put("action", onZone.action().toString()).put("zone", onZone.zone().name());
    } else if (grant instanceof Grant.OnWorkgroup onWorkgroup) {
      node.put("action", Action.USE.toString()).put("workgroup", onWorkgroup.workgroup());
    }
    return node;
  }

  static Grant grant(JsonNode node) {
    Principal principal = Principal.parse(required(node, "principal").asText());
    Action action = action(required(node, "action"));
    if (action == Action.USE) {
      return new Grant.OnWorkgroup(required(node, "workgroup").asText(), principal);
    }
    if (action != Action.SELECT) {
      return new Grant.OnZone(action, Zone.named(required(node, "zone").asText()), principal);
    }
    return new Grant.Select(
        DatasetId.parse(required(node, "dataset").asText()),
        optional(node, "columns").map(Json::names),
        optional(node, "rows").map(JsonNode::asText),
        principal);
  }

  private static Action action(JsonNode name) {
    return Action.valueOf(name.asText().toUpperCase(Locale.ROOT));
  }

  static ObjectNode of(Numbered numbered) {
    AuditEntry entry = numbered.entry();
    ObjectNode node =
        object()
            .put("at", entry.at().toString())
            .put("principal", entry.principal().toString())
            .put("action", entry.action().toString())
            .put("kind", entry.resource().kind().name())
            .put("resource", entry.resource().name());
    numbered.dataset().ifPresent(dataset -> node.put("dataset", dataset.toString()));
    entry.zone().ifPresent(zone -> node.put("zone", zone.name()));
    if (!entry.columns().isEmpty()) {
      node.set("columns", names(entry.columns()));
    }
    return node.put("allowed", entry.allowed())
        .put("reason", entry.reason())
        .put("writer", numbered.writer())
        .put("sequence", numbered.sequence());
  }

  static Numbered numbered(JsonNode node) {
    AuditEntry entry =
        new AuditEntry(
            Instant.parse(required(node, "at").asText()),
            Principal.parse(required(node, "principal").asText()),
            action(required(node, "action")),
            Subject.of(
                Subject.Kind.valueOf(required(node, "kind").asText()),
                required(node, "resource").asText()),
            optional(node, "zone").map(zone -> Zone.named(zone.asText())),
            optional(node, "columns").map(Json::names).orElse(Set.of()),
            required(node, "allowed").asBoolean(),
            required(node, "reason").asText());
    return new Numbered(
        required(node, "writer").asLong(),
        required(node, "sequence").asLong(),
        entry,
        optional(node, "dataset").map(dataset -> DatasetId.parse(dataset.asText())));
  }
}
