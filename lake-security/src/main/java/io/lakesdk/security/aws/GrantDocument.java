package io.lakesdk.security.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakesdk.error.Subject;
import io.lakesdk.security.Grant;
import io.lakesdk.security.decision.AuditKeeper.Numbered;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the object of grants holds. A value.
 *
 * @param grants those in force, in the order granted
 * @param changes notes of the latest changes, which the audit has not got elsewhere yet
 * @param unfinished a change that Lake Formation has not got wholly yet
 */
record GrantDocument(List<Kept> grants, List<Numbered> changes, Optional<Unfinished> unfinished) {

  static final GrantDocument EMPTY = new GrantDocument(List.of(), List.of(), Optional.empty());

  private static final int FORMAT = 1;

  GrantDocument {
    grants = List.copyOf(grants);
    changes = List.copyOf(changes);
  }

  /**
   * A grant in force.
   *
   * @param grant which
   * @param given whether Lake Formation has it too, or may have
   */
  record Kept(Grant grant, boolean given) {}

  /**
   * A change on its way to Lake Formation. Until it is finished the grant is in force.
   *
   * @param owner the open lake that makes it
   * @param since when it started, by that lake's clock
   * @param revoking whether it takes the grant back, or gives it
   * @param grant which grant
   * @param note for the audit when it is finished, if that is a change for whoever asks the lake
   */
  record Unfinished(
      long owner, Instant since, boolean revoking, Grant grant, Optional<Numbered> note) {

    /** To be undone, as if it had never been. */
    Unfinished undone() {
      return new Unfinished(owner, since, !revoking, grant, Optional.empty());
    }
  }

  List<Grant> all() {
    return grants.stream().map(Kept::grant).toList();
  }

  Optional<Kept> find(Grant grant) {
    return grants.stream().filter(kept -> kept.grant().equals(grant)).findFirst();
  }

  /** Those that Lake Formation has, with this one or without. */
  List<Grant> given(Grant grant, boolean with) {
    return grants.stream()
        .filter(kept -> kept.grant().equals(grant) ? with : kept.given())
        .map(Kept::grant)
        .toList();
  }

  GrantDocument with(Kept grant) {
    return new GrantDocument(
        find(grant.grant()).isPresent()
            ? grants.stream().map(old -> old.grant().equals(grant.grant()) ? grant : old).toList()
            : Stream.concat(grants.stream(), Stream.of(grant)).toList(),
        changes,
        unfinished);
  }

  GrantDocument without(Grant grant) {
    return new GrantDocument(
        grants.stream().filter(kept -> !kept.grant().equals(grant)).toList(), changes, unfinished);
  }

  GrantDocument noting(Numbered note) {
    return new GrantDocument(
        grants, Stream.concat(changes.stream(), Stream.of(note)).toList(), unfinished);
  }

  /** Without the notes, which the audit has elsewhere now. */
  GrantDocument noted() {
    return new GrantDocument(grants, List.of(), unfinished);
  }

  GrantDocument starting(Unfinished change) {
    return new GrantDocument(grants, changes, Optional.of(change));
  }

  GrantDocument finished() {
    return new GrantDocument(grants, changes, Optional.empty());
  }

  boolean has(Numbered note) {
    return changes.stream()
        .anyMatch(n -> n.writer() == note.writer() && n.sequence() == note.sequence());
  }

  String toJson() {
    ObjectNode root = Json.object().put("format", FORMAT);
    root.set(
        "grants",
        Json.array(grants.stream().map(k -> Json.of(k.grant()).put("given", k.given())).toList()));
    root.set("changes", Json.array(changes.stream().map(Json::of).toList()));
    unfinished.ifPresent(
        change -> {
          ObjectNode node =
              Json.object()
                  .put("owner", change.owner())
                  .put("since", change.since().toString())
                  .put("revoking", change.revoking());
          node.set("grant", Json.of(change.grant()));
          change.note().ifPresent(note -> node.set("note", Json.of(note)));
          root.set("unfinished", node);
        });
    return Json.text(root);
  }

  static GrantDocument parse(String json, Subject where) {
    return Json.parse(json, where, GrantDocument::of);
  }

  private static GrantDocument of(JsonNode root) {
    if (Json.required(root, "format").asInt() != FORMAT) {
      throw new IllegalArgumentException("another format");
    }
    return new GrantDocument(
        Json.list(
            Json.required(root, "grants"),
            node -> new Kept(Json.grant(node), Json.required(node, "given").asBoolean())),
        Json.list(Json.required(root, "changes"), Json::numbered),
        Json.optional(root, "unfinished")
            .map(
                node ->
                    new Unfinished(
                        Json.required(node, "owner").asLong(),
                        Instant.parse(Json.required(node, "since").asText()),
                        Json.required(node, "revoking").asBoolean(),
                        Json.grant(Json.required(node, "grant")),
                        Json.optional(node, "note").map(Json::numbered))));
  }
}
