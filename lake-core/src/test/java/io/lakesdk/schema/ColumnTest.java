package io.lakesdk.schema;

import static io.lakesdk.schema.DataType.INT;
import static io.lakesdk.schema.DataType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.error.InvalidDefinitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTest {

  @Test
  void namesAreKeptInLowerCase() {
    assertThat(Column.of("PlacedAt", INT)).isEqualTo(Column.of("placedat", INT));
    assertThat(Column.of("STRASSE_Ä", INT).name()).isEqualTo("strasse_ä");
  }

  @ParameterizedTest
  @ValueSource(strings = {"select", "_id", "1st", "a b", "a-b", "a.b", "a:b", "漢字", "a\"b", "😀"})
  void unusualNamesAreAllowed(String name) {
    assertThat(Column.of(name, INT).name()).isEqualTo(name);
  }

  @Test
  void namesThatCannotWorkAreRefused() {
    refused("", "Cannot name column: the name is empty");
    refused(
        "a\tb",
        "Cannot name column a\\u0009b: the name holds a control character or is no valid Unicode");
    refused(
        "a\uD800",
        "Cannot name column a\\uD800: the name holds a control character or is no valid Unicode");
    refused(
        "a,b",
        "Cannot name column a,b: the name holds a comma, which Athena refuses in column names");
    refused(
        " a", "Cannot name column  a: the name starts or ends with a space, which Athena refuses");
    refused(
        "a ", "Cannot name column a : the name starts or ends with a space, which Athena refuses");
    refused(
        "ä".repeat(128),
        "Cannot name column "
            + "ä".repeat(128)
            + ": the name has 256 bytes in UTF-8; Glue takes at most 255");
    assertThat(Column.of("ä".repeat(127) + "a", INT).name()).hasSize(128);
  }

  @Test
  void aDescriptionIsOneShortLine() {
    Column column = Column.of("delay", INT).describedAs("in minutes");
    assertThat(column.description()).isEqualTo("in minutes");
    assertThat(column.describedAs(" ").description()).isNull();
    assertThat(column).isNotEqualTo(Column.of("delay", INT));
    assertThatThrownBy(() -> column.describedAs("a\nb"))
        .hasMessage(
            "Cannot describe column delay: the description holds a line break or control"
                + " character; write it in one line");
    assertThatThrownBy(() -> column.describedAs("x".repeat(256)))
        .hasMessage(
            "Cannot describe column delay: the description has 256 characters; Glue takes at most"
                + " 255");
  }

  @Test
  void aColumnPrintsNameAndType() {
    assertThat(Column.of("origin", STRING)).hasToString("origin string");
    assertThat(Column.of("the origin", STRING)).hasToString("`the origin` string");
  }

  @ParameterizedTest
  @CsvSource({
    "placedAt,placed_at",
    "placedAtUTC,placed_at_utc",
    "line2,line2",
    "line2B,line2_b",
    "HTTPServer,http_server",
    "isOK,is_ok",
    "id,id",
    "X,x",
    "snake_case,snake_case",
    "mixed_Case,mixed_case",
    "höheÜber,höhe_über"
  })
  void componentNamesBecomeSnakeCase(String component, String column) {
    assertThat(ColumnNames.ofComponent(component)).isEqualTo(column);
  }

  private static void refused(String name, String message) {
    assertThatThrownBy(() -> Column.of(name, INT))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage(message);
  }
}
