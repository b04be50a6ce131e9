package io.lakesdk.security;

import io.lakesdk.Principal;
import io.lakesdk.Zone;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes grants as the Java code that makes them. */
final class GrantCode {

  private GrantCode() {}

  static String of(Grant.Select grant) {
    return "Grant.select("
        + grant.columns().stream()
            .flatMap(names -> names.stream())
            .map(GrantCode::literal)
            .collect(Collectors.joining(", "))
        + ").on("
        + literal(grant.dataset().toString())
        + ")"
        + grant.rows().map(filter -> ".where(" + literal(filter) + ")").orElse("")
        + to(grant.principal());
  }

  static String of(Grant.OnZone grant) {
    return "Grant." + grant.action() + "().on(" + zone(grant.zone()) + ")" + to(grant.principal());
  }

  static String of(Grant.OnWorkgroup grant) {
    return "Grant.use().on(" + literal(grant.workgroup()) + ")" + to(grant.principal());
  }

  private static String to(Principal principal) {
    String kind = principal.kind().name().toLowerCase(Locale.ROOT);
    return ".to(Principal." + kind + "(" + literal(principal.name()) + "))";
  }

  private static String zone(Zone zone) {
    if (zone.equals(Zone.RAW)) {
      return "Zone.RAW";
    }
    if (zone.equals(Zone.CLEANED)) {
      return "Zone.CLEANED";
    }
    return zone.equals(Zone.CURATED) ? "Zone.CURATED" : "Zone.named(" + literal(zone.name()) + ")";
  }

  private static String literal(String text) {
    StringBuilder code = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> code.append("\\\"");
        case '\\' -> code.append("\\\\");
        case '\n' -> code.append("\\n");
        case '\r' -> code.append("\\r");
        case '\t' -> code.append("\\t");
        default -> {
          if (Character.isISOControl(c)) {
            code.append(String.format("\\u%04x", (int) c));
          } else {
            code.append(c);
          }
        }
      }
    }
    return code.append('"').toString();
  }
}
