package io.lakesdk.catalog.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.CrawlPreview;
import io.lakesdk.catalog.Crawler;
import io.lakesdk.catalog.parquet.TinyParquet;
import io.lakesdk.storage.PutOptions;
import java.util.List;
import java.util.Random;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.UUIDType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Schemas as different writers make them. */
class ParquetCrawlTest {

  private static final TimeUnit MICROS = TimeUnit.MICROS(new MicroSeconds());

  private final Lake lake = Lake.inMemory();

  @AfterEach
  void close() {
    lake.close();
  }

  private static SchemaElement value(String name, Type type) {
    SchemaElement element = new SchemaElement(name);
    element.setType(type);
    element.setRepetition_type(FieldRepetitionType.OPTIONAL);
    return element;
  }

  private static SchemaElement value(String name, Type type, LogicalType logical) {
    return value(name, type).setLogicalType(logical);
  }

  private static SchemaElement group(String name, int children) {
    return new SchemaElement(name)
        .setNum_children(children)
        .setRepetition_type(FieldRepetitionType.OPTIONAL);
  }

  private static SchemaElement repeated(SchemaElement element) {
    return element.setRepetition_type(FieldRepetitionType.REPEATED);
  }

  private static byte[] file(int columns, long rows, SchemaElement... elements) {
    return TinyParquet.of(columns, rows, List.of(elements)).bytes();
  }

  private CrawlPreview crawl(byte[]... files) {
    for (int i = 0; i < files.length; i++) {
      lake.store(Zone.RAW).put("a/t/" + i + ".parquet", files[i], PutOptions.defaults());
    }
    return Catalog.of(lake).preview(Crawler.of(Zone.RAW, ""));
  }

  @Test
  void logicalTypesBecomeThoseOfAthena() {
    CrawlPreview preview =
        crawl(
            file(
                13,
                7,
                value("b", Type.BOOLEAN),
                value("i", Type.INT32),
                value("l", Type.INT64),
                value("f", Type.FLOAT),
                value("d", Type.DOUBLE),
                value("old_time", Type.INT96),
                value("s", Type.BYTE_ARRAY, LogicalType.STRING(new StringType())),
                value("raw", Type.BYTE_ARRAY),
                value("day", Type.INT32, LogicalType.DATE(new DateType())),
                value("at", Type.INT64, LogicalType.TIMESTAMP(new TimestampType(true, MICROS))),
                value("price", Type.INT64, LogicalType.DECIMAL(new DecimalType(2, 10))),
                value("u32", Type.INT32, LogicalType.INTEGER(new IntType((byte) 32, false))),
                value("u64", Type.INT64).setConverted_type(ConvertedType.UINT_64)));
    assertThat(preview.table("a.t").dataset().schema())
        .hasToString(
            "b boolean, i int, l bigint, f float, d double, old_time timestamp, s string,"
                + " raw binary, day date, at timestamp, price decimal(10,2), u32 bigint,"
                + " u64 decimal(20,0)");
    assertThat(preview.table("a.t").rows()).isEqualTo(7);
    assertThat(preview.table("a.t").evidence("day").reason())
        .isEqualTo("the file says INT32 (DATE)");
  }

  @Test
  void listsMapsAndStructsOfAllWritersAreRead() {
    SchemaElement list = group("l", 1).setConverted_type(ConvertedType.LIST);
    SchemaElement oldList = group("old", 1).setConverted_type(ConvertedType.LIST);
    SchemaElement map = group("m", 1).setConverted_type(ConvertedType.MAP);
    CrawlPreview preview =
        crawl(
            file(
                5,
                1,
                list,
                repeated(group("list", 1)),
                value("element", Type.INT32),
                oldList,
                repeated(value("array", Type.INT64)),
                map,
                repeated(group("key_value", 2)),
                value("key", Type.BYTE_ARRAY).setConverted_type(ConvertedType.UTF8),
                value("value", Type.DOUBLE),
                group("s", 2),
                value("x", Type.INT32),
                value("y", Type.BOOLEAN),
                repeated(value("bare", Type.INT32))));
    assertThat(preview.table("a.t").dataset().schema())
        .hasToString(
            "l array<int>, old array<bigint>, m map<string,double>, s struct<x:int,y:boolean>,"
                + " bare array<int>");
  }

  @Test
  void whatAthenaHasNoTypeForIsNamed() {
    assertProblem(
        crawl(file(1, 1, value("at", Type.INT64, LogicalType.TIME(new TimeType(true, MICROS))))),
        "its column at is of Parquet's type INT64 (TIME), which Athena has no type for");
    assertProblem(
        crawl(file(1, 1, value("u", Type.FIXED_LEN_BYTE_ARRAY, LogicalType.UUID(new UUIDType())))),
        "its column u is of Parquet's type FIXED_LEN_BYTE_ARRAY (UUID), which Athena has no type"
            + " for");
  }

  @Test
  void filesOfATableMayLackColumnsAndBeNarrower() {
    CrawlPreview preview =
        crawl(
            file(2, 3, value("id", Type.INT32), value("more", Type.INT32)),
            file(1, 4, value("id", Type.INT64)));
    assertThat(preview.table("a.t").dataset().schema()).hasToString("id bigint, more int");
    assertThat(preview.table("a.t").evidence("more").reason()).isEqualTo("1 of 2 files say INT32");
  }

  @Test
  void filesThatDoNotFitTogetherAreAProblem() {
    assertProblem(
        crawl(file(1, 3, value("id", Type.INT32)), file(1, 4, value("id", Type.DOUBLE))),
        "its column id is double and int in a/t/0.parquet; files that do not fit together belong"
            + " into folders of their own");
  }

  @Test
  void namesThatDifferInCaseAreAProblem() {
    assertProblem(
        crawl(file(2, 3, value("Id", Type.INT32), value("ID", Type.INT32))),
        "it has the columns Id and ID, which are the same to Athena; rename one");
  }

  @Test
  void aDamagedFooterIsAProblemAndNeverAnotherError() {
    byte[] whole =
        file(
            2,
            3,
            value("id", Type.INT32),
            value("at", Type.INT64, LogicalType.TIMESTAMP(new TimestampType(true, MICROS))));
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      byte[] flipped = whole.clone();
      flipped[4 + random.nextInt(whole.length - 8)] ^= (byte) (1 << random.nextInt(8));
      CrawlPreview preview = crawl(flipped);
      assertThat(preview.tables().size() + preview.problems().size()).isEqualTo(1);
    }
  }

  private static void assertProblem(CrawlPreview preview, String text) {
    assertThat(preview.tables()).isEmpty();
    assertThat(preview.problems()).hasSize(1);
    assertThat(preview.problems().get(0).text()).isEqualTo(text);
  }
}
