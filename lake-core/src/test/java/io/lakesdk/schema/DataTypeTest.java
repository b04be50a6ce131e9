package io.lakesdk.schema;

import static io.lakesdk.schema.DataType.BIGINT;
import static io.lakesdk.schema.DataType.DATE;
import static io.lakesdk.schema.DataType.INT;
import static io.lakesdk.schema.DataType.STRING;
import static io.lakesdk.schema.DataType.TIMESTAMP;
import static io.lakesdk.schema.DataType.arrayOf;
import static io.lakesdk.schema.DataType.charOf;
import static io.lakesdk.schema.DataType.decimal;
import static io.lakesdk.schema.DataType.mapOf;
import static io.lakesdk.schema.DataType.struct;
import static io.lakesdk.schema.DataType.varchar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.error.InvalidDefinitionException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DataTypeTest {

  @Test
  void everyTypePrintsInTheNotationOfHive() {
    assertThat(Primitive.values())
        .extracting(Primitive::toString)
        .containsExactly(
            "boolean",
            "tinyint",
            "smallint",
            "int",
            "bigint",
            "float",
            "double",
            "string",
            "binary",
            "date",
            "timestamp");
    assertThat(decimal(10, 2)).hasToString("decimal(10,2)");
    assertThat(varchar(65_535)).hasToString("varchar(65535)");
    assertThat(charOf(255)).hasToString("char(255)");
    assertThat(mapOf(STRING, arrayOf(DATE))).hasToString("map<string,array<date>>");
    assertThat(struct().field("Id", BIGINT).field("at", TIMESTAMP).build())
        .hasToString("struct<id:bigint,at:timestamp>");
  }

  @Test
  void theConstantsAreThereWhicheverClassIsUsedFirst() {
    assertThat(DataType.BOOLEAN).isSameAs(Primitive.BOOLEAN);
    assertThat(DataType.BINARY).isSameAs(Primitive.BINARY);
  }

  @Test
  void hivesNotationIsReadInAnyCaseAndWithSpaces() {
    assertThat(DataType.parse(" ARRAY < Struct< A : Integer ,\n b:DECIMAL ( 10 , 2 ) > > "))
        .isEqualTo(arrayOf(struct().field("a", INT).field("b", decimal(10, 2)).build()));
  }

  @Test
  void decimalWithoutSizeMeansWhatHiveMeans() {
    assertThat(DataType.parse("decimal")).isEqualTo(decimal(10, 0));
    assertThat(DataType.parse("decimal(7)")).isEqualTo(decimal(7, 0));
  }

  @Test
  void oddFieldNamesStandInBackticks() {
    DataType odd = struct().field("a b:c`d", INT).field("günther", STRING).build();
    assertThat(odd).hasToString("struct<`a b:c``d`:int,günther:string>");
    assertThat(DataType.parse(odd.toString())).isEqualTo(odd);
  }

  @Test
  void fieldNamesAreReadAsCrawlersWriteThem() {
    assertThat(DataType.parse("struct<my-field:int,$oid:string,a.b:int>"))
        .hasToString("struct<`my-field`:int,$oid:string,a.b:int>");
  }

  @Test
  void whatIsPrintedIsParsedToTheSameType() {
    Random random = new Random(20_240_501);
    for (int i = 0; i < 3_000; i++) {
      DataType type = RandomTypes.next(random, 6);
      assertThat(DataType.parse(type.toString())).isEqualTo(type);
    }
  }

  @Test
  void typesNestSixtyFourDeepAndNoDeeper() {
    assertThat(DataType.parse("array<".repeat(63) + "int" + ">".repeat(63)).toString())
        .startsWith("array<array<");
    assertThatThrownBy(() -> DataType.parse("array<".repeat(100_000)))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageEndingWith(": at position 385: types nest at most 64 deep")
        .hasMessageContaining("...");
    DataType deep = DataType.parse("array<".repeat(63) + "int" + ">".repeat(63));
    assertThatThrownBy(() -> arrayOf(deep))
        .hasMessage("Cannot define type array: types nest at most 64 deep");
    assertThatThrownBy(() -> mapOf(INT, deep))
        .hasMessage("Cannot define type map: types nest at most 64 deep");
    assertThatThrownBy(() -> struct().field("a", deep).build())
        .hasMessage("Cannot define type struct: types nest at most 64 deep");
  }

  @Test
  void aStructFindsItsFieldsInAnyCase() {
    StructType type = struct().field("Street", STRING).build();
    assertThat(type.field("STREET")).map(StructType.Field::type).contains(STRING);
    assertThat(type.field("floor")).isEmpty();
  }
}
