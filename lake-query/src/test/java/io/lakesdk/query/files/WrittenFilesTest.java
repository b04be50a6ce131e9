package io.lakesdk.query.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.schema.DataType;
import io.lakesdk.storage.ListedObject;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of Avro and ORC that statements write, as they are read again. */
class WrittenFilesTest extends FilesFixture {

  private static final String EVERY_TYPE =
      """
      SELECT * FROM (VALUES
        (1, true, TINYINT '-7', SMALLINT '300', BIGINT '9007199254740993', REAL '1.5', 2.25e0,
         DECIMAL '12345678901234567890.12345', 'straße', CAST('ab' AS varchar(5)),
         CAST('c' AS char(3)), X'00ff10', DATE '1500-02-28', TIMESTAMP '1969-12-31 23:59:58.877',
         ARRAY[1, NULL, 3], MAP(ARRAY['a', 'b'], ARRAY[DECIMAL '1.50', NULL]),
         CAST(ROW(5, ARRAY[ROW('x', DATE '2024-02-29')], TIMESTAMP '1400-03-01 00:00:00.001')
           AS ROW(n integer, items array(row(k varchar, d date)), at timestamp(3)))),
        (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
         NULL),
        (3, false, TINYINT '127', SMALLINT '-1', BIGINT '-1', REAL '-0.5', 1e300,
         DECIMAL '-0.00001', '', CAST('' AS varchar(5)), CAST('abc' AS char(3)), X'',
         DATE '9999-12-31', TIMESTAMP '2262-04-12 01:02:03.999', ARRAY[], MAP(),
         CAST(ROW(NULL, NULL, NULL)
           AS ROW(n integer, items array(row(k varchar, d date)), at timestamp(3))))
      ) AS t (id, truth, tiny, small, big, ratio, precise, price, name, kind, fixed, raw, day, moment,
              tags, counts, place)
      """;

  WrittenFilesTest() {
    super("shop");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AVRO", "ORC"})
  void haveValuesOfEveryType(String format) {
    run("CREATE TABLE expected AS " + EVERY_TYPE);
    run("CREATE TABLE things WITH (format = '" + format + "') AS " + EVERY_TYPE);
    assertThat(values(shown("things"))).isEqualTo(values(shown("expected")));

    run("INSERT INTO things SELECT * FROM expected WHERE id = 1");
    run("INSERT INTO things SELECT * FROM things");
    assertThat(values("SELECT id, count(*) FROM things GROUP BY id ORDER BY id"))
        .containsExactly("[1, 4]", "[2, 2]", "[3, 2]");
  }

  private static String shown(String table) {
    return "SELECT id, truth, tiny, small, big, ratio, precise, price, name, kind, fixed,"
        + " to_hex(raw), day, moment, tags, counts, place FROM "
        + table
        + " ORDER BY id";
  }

  @ParameterizedTest
  @ValueSource(strings = {"AVRO", "ORC"})
  void haveOnePartitionEach(String format) {
    run(
        "CREATE TABLE things WITH (format = '"
            + format
            + "', partitioned_by = ARRAY['country']) AS SELECT x AS id, 'c' || CAST(x % 3 AS"
            + " varchar) AS country FROM UNNEST(sequence(1, 5000)) AS t (x)");
    assertThat(values("SELECT country, count(*), sum(id) FROM things GROUP BY 1 ORDER BY 1"))
        .containsExactly("[c0, 1666, 4165833]", "[c1, 1667, 4167500]", "[c2, 1667, 4169167]");
    assertThat(lake.store(Zone.CURATED).all("").map(ListedObject::key))
        .filteredOn(key -> key.contains("country="))
        .hasSize(3)
        .allMatch(key -> key.endsWith("." + format.toLowerCase(Locale.ROOT)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AVRO", "ORC"})
  void leaveNothingWhereAValueDoesNotFit(String format) {
    Catalog.of(lake)
        .register(
            Dataset.named("shop.things")
                .in(Zone.CURATED)
                .format(format.equals("ORC") ? Format.ORC : Format.AVRO)
                .column("id", DataType.TINYINT)
                .build());
    run("INSERT INTO things SELECT CAST(1 AS tinyint)");
    assertThatThrownBy(
            () ->
                run(
                    "INSERT INTO things SELECT CAST(x AS tinyint) FROM UNNEST(sequence(1, 5000)) AS"
                        + " t (x)"))
        .isInstanceOf(BadDataException.class);
    assertThat(values("SELECT id FROM things")).containsExactly("[1]");
  }

  @Test
  void ofOrcDoNotShiftTheSecondThatTheyCannotHold() {
    String query = " AS SELECT ARRAY[TIMESTAMP '1969-12-31 23:59:59.123'] AS moments";
    assertThatThrownBy(() -> run("CREATE TABLE things WITH (format = 'ORC')" + query))
        .isInstanceOf(BadDataException.class)
        .hasMessage(
            "Cannot write dataset shop.things: a timestamp of column moments is in the last second"
                + " before 1970, which readers of ORC take for one of 1970; write it to Parquet");
    assertThat(Catalog.of(lake).list()).isEmpty();
    run("CREATE TABLE things WITH (format = 'AVRO')" + query);
    assertThat(values("SELECT moments[1] FROM things"))
        .containsExactly("[1969-12-31T23:59:59.123]");
  }

  @Test
  void ofAvroHaveMapsWithKeysOfTextAlone() {
    assertThatThrownBy(
            () ->
                run(
                    "CREATE TABLE things WITH (format = 'AVRO') AS SELECT MAP(ARRAY[1], ARRAY[2])"
                        + " AS m"))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage(
            "Cannot write dataset shop.things: its column m is map<int,int>, and maps in Avro have"
                + " keys of text");
    assertThat(Catalog.of(lake).list()).isEmpty();
    run("CREATE TABLE things WITH (format = 'ORC') AS SELECT MAP(ARRAY[1], ARRAY[2]) AS m");
    assertThat(values("SELECT m[1] FROM things")).containsExactly("[2]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AVRO", "ORC"})
  void areUnloaded(String format) {
    run("CREATE TABLE things AS SELECT 1 AS id");
    run(
        "UNLOAD (SELECT id, 'a' AS name FROM things) TO 's3://raw/out/' WITH (format = '"
            + format
            + "')");
    List<String> keys = lake.store(Zone.RAW).all("out/").map(ListedObject::key).toList();
    assertThat(keys).hasSize(1).allMatch(key -> key.endsWith(format.toLowerCase(Locale.ROOT)));
  }
}
