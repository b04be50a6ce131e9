package io.lakesdk.schema;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table. Every column may hold nulls, as in Athena.
 *
 * <p>Athena does not tell case apart, so names are kept in lower case. A name has 1 to 255 bytes in
 * UTF-8 and may hold any character except control characters and commas, and spaces at its ends;
 * reserved words are fine. Athena's statements need quotes around names that are not letters,
 * digits and underscores. Source: "Name databases, tables, and columns" in the Athena User Guide.
 *
 * @param name given in any case, kept in lower case
 * @param type what the values are
 * @param description what the column means, at most 255 characters in one line as in Glue; null
 *     when there is none, and blank text counts as none
 */
public record Column(String name, DataType type, @Nullable String description) {

  private static final int MAX_DESCRIPTION = 255;

  public Column {
    Objects.requireNonNull(type, "type");
    name = ColumnNames.checked(name);
    if (description != null) {
      description = description.isBlank() ? null : checkedDescription(name, description);
    }
  }

  /**
   * A column without description.
   *
   * @throws InvalidDefinitionException when the name cannot be a column name
   */
  public static Column of(String name, DataType type) {
    return new Column(name, type, null);
  }

  /**
   * This column with a description.
   *
   * @throws InvalidDefinitionException when it has more than 255 characters or a line break
   */
  public Column describedAs(String text) {
    return new Column(name, type, Objects.requireNonNull(text, "text"));
  }

  /** {@code name type}, with the type in Hive's notation and the name in backticks if odd. */
  @Override
  public String toString() {
    return TypeParser.quoted(name) + " " + type;
  }

  private static String checkedDescription(String name, String text) {
    if (text.length() > MAX_DESCRIPTION) {
      throw new InvalidDefinitionException(
          "describe",
          Subject.column(name),
          "the description has " + text.length() + " characters; Glue takes at most 255");
    }
    if (text.chars().anyMatch(c -> c != '\t' && Character.isISOControl(c))) {
      throw new InvalidDefinitionException(
          "describe",
          Subject.column(name),
          "the description holds a line break or control character; write it in one line");
    }
    return text;
  }
}
