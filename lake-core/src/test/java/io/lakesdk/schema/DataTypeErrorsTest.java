package io.lakesdk.schema;

import static io.lakesdk.schema.DataType.INT;
import static io.lakesdk.schema.DataType.arrayOf;
import static io.lakesdk.schema.DataType.mapOf;
import static io.lakesdk.schema.DataType.struct;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.error.InvalidDefinitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataTypeErrorsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "long | at position 1: long is no type of Athena's tables; use bigint",
        "real | at position 1: real is no type of Athena's tables; use float",
        "array<TEXT> | at position 7: text is no type of Athena's tables; use string",
        "numeric(3,1) | at position 1: numeric is no type of Athena's tables; use decimal(p,s)",
        "geometry | at position 1: geometry is no type of Athena's tables",
        "<int> | at position 1: a type is expected, not '<'",
        "int int | at position 5: nothing may follow the type, but 'i' does",
        "timestamp with time zone | at position 11: nothing may follow the type, but 'w' does",
        "array | at position 6: '<' is expected after array, not the end",
        "array<int | at position 10: '>' is expected after the element type, not the end",
        "map<int> | at position 8: ',' is expected after the key type, not '>'",
        "struct<> | at position 8: a field name is expected, not '>'",
        "struct<a int> | at position 13: ':' is expected after the field name, not '>'",
        "struct<`a:int> | at position 8: the backtick is not closed",
        "struct<a:int,> | at position 14: a field name is expected, not '>'",
        "varchar | at position 8: varchar needs a length, as in varchar(20); use string for any"
            + " length",
        "varchar(x) | at position 9: a number is expected, not 'x'",
        "char(9999999999) | at position 6: the number is too large",
        "decimal(5,2 | at position 12: ')' is expected after the number, not the end",
      })
  void textThatIsNoTypeIsRefusedAtItsPosition(String text, String reason) {
    assertThatThrownBy(() -> DataType.parse(text))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage("Cannot parse type " + text + ": " + reason);
  }

  @Test
  void noTextIsNoType() {
    assertThatThrownBy(() -> DataType.parse(""))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage("Cannot parse type: at position 1: a type is expected, not the end");
  }

  @Test
  void whatATypeRefusesIsReportedWhereItStands() {
    assertThatThrownBy(() -> DataType.parse("array<decimal(39,2)>"))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage(
            "Cannot parse type array<decimal(39,2)>: at position 7: Cannot define type"
                + " decimal(39,2): the precision must be from 1 to 38");
    assertThatThrownBy(() -> DataType.parse("struct<a:int,A:int>"))
        .hasMessage(
            "Cannot parse type struct<a:int,A:int>: at position 1: Cannot define type struct: it"
                + " has two fields named a (case does not matter)");
  }

  @Test
  void sizesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> DataType.decimal(0, 0))
        .hasMessage("Cannot define type decimal(0,0): the precision must be from 1 to 38");
    assertThatThrownBy(() -> DataType.decimal(5, 6))
        .hasMessage(
            "Cannot define type decimal(5,6): the scale must be from 0 to the precision, 5");
    assertThatThrownBy(() -> DataType.varchar(65_536))
        .hasMessage(
            "Cannot define type varchar(65536): the length must be from 1 to 65535; use string for"
                + " longer");
    assertThatThrownBy(() -> DataType.charOf(0))
        .hasMessage(
            "Cannot define type char(0): the length must be from 1 to 255; use varchar for longer");
  }

  @Test
  void mapKeysAreSimple() {
    assertThatThrownBy(() -> mapOf(arrayOf(INT), INT))
        .hasMessage(
            "Cannot define type map<array<int>,int>: the key must be a simple type such as string"
                + " or int, not an array, map or struct");
  }

  @Test
  void structsNeedDifferentFields() {
    assertThatThrownBy(() -> struct().build())
        .hasMessage("Cannot define type struct<>: it needs at least one field");
    assertThatThrownBy(() -> struct().field("a", INT).field("A", INT))
        .hasMessage("Cannot add column a: the struct has it already");
  }
}
