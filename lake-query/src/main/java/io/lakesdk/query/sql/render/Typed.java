package io.lakesdk.query.sql.render;

import io.lakesdk.query.sql.RowCondition;
import io.lakesdk.query.sql.type.SqlType;
import io.trino.sql.tree.Expression;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An expression, rendered and typed, with what the clauses around it must know. Immutable.
 *
 * @param sql complete in itself: it can be put anywhere without parentheses
 * @param type Athena's type; the SQL has its DuckDB type
 * @param constant the value where it is known: of a literal or a parameter
 * @param origin the column where it is nothing but one
 * @param traits what occurs in it
 * @param ungrouped a column in it that is neither grouped nor inside an aggregate
 * @param filters for the tables read here: a condition on their columns that holds wherever this
 *     (boolean) expression is true
 * @param narrow of a decimal that is wide by its type only: the same in 64 bits
 */
public record Typed(
    String sql,
    SqlType type,
    Optional<Constant> constant,
    Optional<Origin> origin,
    Set<Trait> traits,
    Optional<Expression> ungrouped,
    Map<String, RowCondition> filters,
    Optional<Narrow> narrow) {

  /**
   * A decimal whose values have no more than 18 digits, whatever its type would allow.
   *
   * @param sql of type DECIMAL with 18 digits at most and the scale of the whole expression
   * @param digits of the values, without the point
   */
  public record Narrow(String sql, int digits) {}

  /** What may occur in an expression. */
  public enum Trait {
    AGGREGATE,
    WINDOW,
    SUBQUERY,
    /** It is so short that it may be repeated: a column, a literal, a parameter. */
    SIMPLE,
    /** It is a lambda, which is no value. */
    LAMBDA,
    /** A parameter of a lambda occurs in it. */
    PARAMETER
  }

  /** A value that is known; NULL is null. */
  public record Constant(@Nullable Object value) {}

  /**
   * A column of a table.
   *
   * @param token of the place where the table is read
   * @param column its name
   */
  public record Origin(String token, String column) {}

  public Typed {
    traits = Collections.unmodifiableSet(traits);
  }

  /** A literal, a parameter or the like. */
  public static Typed constant(String sql, SqlType type, @Nullable Object value) {
    return new Typed(
        sql,
        type,
        Optional.of(new Constant(value)),
        Optional.empty(),
        EnumSet.of(Trait.SIMPLE),
        Optional.empty(),
        Map.of(),
        Optional.empty());
  }

  /** A name that can be repeated: a column, a parameter of a lambda. */
  public static Typed name(String sql, SqlType type) {
    return new Typed(
        sql,
        type,
        Optional.empty(),
        Optional.empty(),
        EnumSet.of(Trait.SIMPLE),
        Optional.empty(),
        Map.of(),
        Optional.empty());
  }

  /** An expression made of others. */
  public static Typed of(String sql, SqlType type, Collection<Typed> parts) {
    EnumSet<Trait> traits = EnumSet.noneOf(Trait.class);
    Optional<Expression> ungrouped = Optional.empty();
    for (Typed part : parts) {
      traits.addAll(part.traits);
      ungrouped = ungrouped.isPresent() ? ungrouped : part.ungrouped;
    }
    traits.remove(Trait.SIMPLE);
    traits.remove(Trait.LAMBDA);
    return new Typed(
        sql,
        type,
        Optional.empty(),
        Optional.empty(),
        traits,
        ungrouped,
        Map.of(),
        Optional.empty());
  }

  /** An expression made of others. */
  public static Typed of(String sql, SqlType type, Typed... parts) {
    return of(sql, type, List.of(parts));
  }

  public boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /** The same with a trait more. */
  public Typed with(Trait trait) {
    EnumSet<Trait> more = EnumSet.of(trait);
    more.addAll(traits);
    return new Typed(sql, type, constant, origin, more, ungrouped, filters, narrow);
  }

  /** The same SQL taken for another type of the same representation. */
  public Typed as(SqlType other) {
    return new Typed(sql, other, constant, origin, traits, ungrouped, filters, Optional.empty());
  }

  public Typed withOrigin(Origin known) {
    return new Typed(sql, type, constant, Optional.of(known), traits, ungrouped, filters, narrow);
  }

  public Typed withUngrouped(Optional<Expression> found) {
    return new Typed(sql, type, constant, origin, traits, found, filters, narrow);
  }

  public Typed withFilters(Map<String, RowCondition> known) {
    return new Typed(sql, type, constant, origin, traits, ungrouped, known, narrow);
  }

  public Typed withNarrow(Narrow known) {
    return new Typed(sql, type, constant, origin, traits, ungrouped, filters, Optional.of(known));
  }

  /** The known text of a constant, empty if it is no constant or no text. */
  public Optional<String> text() {
    return constant.map(Constant::value).filter(String.class::isInstance).map(String.class::cast);
  }

  /** The known whole number of a constant. */
  public Optional<Long> number() {
    return constant.map(Constant::value).filter(Long.class::isInstance).map(Long.class::cast);
  }
}
