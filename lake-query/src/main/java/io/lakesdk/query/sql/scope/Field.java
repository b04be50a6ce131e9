package io.lakesdk.query.sql.scope;

import io.lakesdk.query.sql.render.Typed;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A column that expressions can name.
 *
 * @param qualifier what may stand before the name: of {@code [catalog, db, t]} any end
 * @param name empty where it cannot be named
 * @param value what a reference becomes
 * @param listed whether {@code *} stands for it too
 */
public record Field(List<String> qualifier, Optional<String> name, Typed value, boolean listed) {

  public Field {
    qualifier = List.copyOf(qualifier);
  }

  /** Whether these parts, in lower case, name the column. */
  public boolean matches(List<String> parts) {
    String last = parts.get(parts.size() - 1);
    return name.filter(text -> text.toLowerCase(Locale.ROOT).equals(last)).isPresent()
        && isQualifiedBy(parts.subList(0, parts.size() - 1));
  }

  public boolean isQualifiedBy(List<String> parts) {
    int skipped = qualifier.size() - parts.size();
    return skipped >= 0 && qualifier.subList(skipped, qualifier.size()).equals(parts);
  }

  public Field requalified(String alias, Optional<String> newName) {
    return new Field(List.of(alias), newName.isPresent() ? newName : name, value, listed);
  }
}
