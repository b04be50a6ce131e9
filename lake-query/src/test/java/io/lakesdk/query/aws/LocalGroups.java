package io.lakesdk.query.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Workgroups as Athena's protocol has them: what was sent is kept and given back. */
final class LocalGroups {

  private final Map<String, Map<String, Object>> groups = new TreeMap<>();

  LocalGroups() {
    groups.put("primary", new HashMap<>());
  }

  /** Why Athena would refuse an operation on a workgroup, if so. */
  synchronized Optional<String> refusal(String operation, String group) {
    if (!groups.containsKey(group)) {
      return Optional.of("WorkGroup " + group + " is not found.");
    }
    boolean disabled = "DISABLED".equals(groups.get(group).get("State"));
    return operation.equals("StartQueryExecution") && disabled
        ? Optional.of("WorkGroup " + group + " is disabled.")
        : Optional.empty();
  }

  synchronized Object get(String name) {
    Map<String, Object> settings = new HashMap<>(groups.get(name));
    Map<String, Object> group = new HashMap<>();
    group.put("Name", name);
    group.put("State", settings.getOrDefault("State", "ENABLED"));
    settings.remove("State");
    Object location = settings.remove("OutputLocation");
    if (location != null) {
      settings.put("ResultConfiguration", Map.of("OutputLocation", location));
    }
    group.put("Configuration", settings);
    return Map.of("WorkGroup", group);
  }

  synchronized Object list() {
    return Map.of(
        "WorkGroups", groups.keySet().stream().map(name -> Map.of("Name", name)).toList());
  }

  synchronized Object create(JsonNode body) {
    Map<String, Object> settings = new HashMap<>();
    groups.put(body.get("Name").asText(), settings);
    JsonNode sent = body.path("Configuration");
    set(settings, sent, sent.path("ResultConfiguration"));
    return Map.of();
  }

  synchronized Object update(JsonNode body) {
    Map<String, Object> settings = groups.get(body.get("WorkGroup").asText());
    settings.put("State", body.get("State").asText());
    JsonNode sent = body.path("ConfigurationUpdates");
    if (sent.path("RemoveBytesScannedCutoffPerQuery").asBoolean()) {
      settings.remove("BytesScannedCutoffPerQuery");
    }
    JsonNode results = sent.path("ResultConfigurationUpdates");
    if (results.path("RemoveOutputLocation").asBoolean()) {
      settings.remove("OutputLocation");
    }
    set(settings, sent, results);
    return Map.of();
  }

  private static void set(Map<String, Object> settings, JsonNode sent, JsonNode results) {
    for (String name : List.of("BytesScannedCutoffPerQuery", "EnforceWorkGroupConfiguration")) {
      if (sent.has(name)) {
        settings.put(name, sent.get(name));
      }
    }
    if (results.has("OutputLocation")) {
      settings.put("OutputLocation", results.get("OutputLocation").asText());
    }
  }

  synchronized Object delete(String name) {
    groups.remove(name);
    return Map.of();
  }
}
