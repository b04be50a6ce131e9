package io.lakesdk.schema;

import static io.lakesdk.schema.DataType.BIGINT;
import static io.lakesdk.schema.DataType.INT;
import static io.lakesdk.schema.DataType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaTest {

  private static final Schema ORDERS =
      Schema.of(Column.of("id", BIGINT), Column.of("country", STRING));

  @Test
  void columnsAreFoundInAnyCase() {
    assertThat(ORDERS.column("COUNTRY").type()).isEqualTo(STRING);
    assertThat(ORDERS.find("amount")).isEmpty();
    assertThatThrownBy(() -> ORDERS.column("amount"))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("Cannot find column amount: the schema has these columns: id, country");
  }

  @Test
  void namesThatDifferOnlyInCaseAreRefused() {
    assertThatThrownBy(() -> Schema.of(Column.of("Id", INT), Column.of("iD", STRING)))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage(
            "Cannot define column id: the schema has two columns of that name; names that differ"
                + " only in case are the same to Athena");
  }

  @Test
  void twoThousandColumnsAreFine() {
    Schema wide =
        Schema.of(IntStream.range(0, 2_000).mapToObj(i -> Column.of("c" + i, INT)).toList());
    assertThat(wide.column("C1999").name()).isEqualTo("c1999");
    assertThatThrownBy(() -> wide.column("x")).hasMessageEndingWith("c19 and 1980 more");
  }

  @Test
  void columnsAreAddedAtTheEndAndRemoved() {
    Schema more = ORDERS.with(Column.of("amount", INT));
    assertThat(more.names()).containsExactly("id", "country", "amount");
    assertThat(more.without("Amount")).isEqualTo(ORDERS).hasSameHashCodeAs(ORDERS);
    assertThatThrownBy(() -> ORDERS.with(Column.of("ID", INT)))
        .isInstanceOf(InvalidDefinitionException.class);
    assertThatThrownBy(() -> ORDERS.without("amount"))
        .hasMessage("Cannot remove column amount: the schema has these columns: id, country");
  }

  @Test
  void aSchemaPrintsNamesAndTypes() {
    assertThat(ORDERS).hasToString("id bigint, country string");
    assertThat(Schema.of()).hasToString("");
  }

  @Nested
  class Evolution {

    @Test
    void addedRemovedAndRedescribedColumnsAreTold() {
      Schema next =
          ORDERS
              .without("id")
              .without("country")
              .with(Column.of("amount", INT))
              .with(Column.of("country", STRING).describedAs("ISO code"));
      List<SchemaChange> changes = ORDERS.evolve(next);
      assertThat(changes)
          .extracting(SchemaChange::toString)
          .containsExactly(
              "id: removed, was bigint", "country: described anew", "amount: added as int");
      assertThat(changes).extracting(SchemaChange::compatible).containsExactly(false, true, true);
      assertThat(ORDERS.evolve(ORDERS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "tinyint | smallint",
          "tinyint | bigint",
          "smallint | int",
          "int | bigint",
          "float | double",
          "decimal(10,2) | decimal(12,2)",
          "varchar(5) | varchar(6)",
          "varchar(5) | string",
          "array<int> | array<bigint>",
          "map<int,int> | map<int,bigint>",
          "struct<a:int> | struct<a:bigint,b:string>"
        })
    void wideningIsCompatible(String from, String to) {
      SchemaChange change = change(from, to);
      assertThat(change.kind()).isEqualTo(SchemaChange.Kind.WIDENED);
      assertThat(change.compatible()).isTrue();
      assertThat(change).hasToString("x: " + from + " became " + to);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "bigint | int",
          "int | double",
          "int | string",
          "double | float",
          "string | int",
          "decimal(10,2) | decimal(12,3)",
          "decimal(10,2) | decimal(9,2)",
          "int | decimal(10,0)",
          "varchar(6) | varchar(5)",
          "string | varchar(5)",
          "char(3) | char(4)",
          "date | timestamp",
          "boolean | tinyint",
          "map<int,int> | map<bigint,int>",
          "struct<a:int,b:int> | struct<a:int>",
          "array<int> | int"
        })
    void otherChangesOfTypeAreNot(String from, String to) {
      SchemaChange change = change(from, to);
      assertThat(change.kind()).isEqualTo(SchemaChange.Kind.RETYPED);
      assertThat(change.compatible()).isFalse();
      assertThat(change).hasToString("x: " + from + " became " + to + ", which cannot read it");
    }

    private SchemaChange change(String from, String to) {
      List<SchemaChange> changes =
          Schema.of(Column.of("x", DataType.parse(from)))
              .evolve(Schema.of(Column.of("x", DataType.parse(to))));
      assertThat(changes).hasSize(1);
      return changes.get(0);
    }
  }
}
