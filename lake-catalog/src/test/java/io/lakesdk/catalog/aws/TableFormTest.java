package io.lakesdk.catalog.aws;

import static io.lakesdk.schema.DataType.BIGINT;
import static io.lakesdk.schema.DataType.DATE;
import static io.lakesdk.schema.DataType.DOUBLE;
import static io.lakesdk.schema.DataType.INT;
import static io.lakesdk.schema.DataType.STRING;
import static io.lakesdk.schema.DataType.TIMESTAMP;
import static io.lakesdk.schema.DataType.arrayOf;
import static io.lakesdk.schema.DataType.decimal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.AwsSettings;
import io.lakesdk.Bucketing;
import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.catalog.definition.DefinitionStore.Registered;
import io.lakesdk.error.InvalidDefinitionException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/** What becomes of a dataset in Glue, and of a table of Glue here. */
class TableFormTest {

  private static final String OPEN_CSV = "org.apache.hadoop.hive.serde2.OpenCSVSerde";
  private static final String LAZY = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";

  private final AwsSettings settings = AwsSettings.region("eu-west-1").account("acme-lake").build();
  private final TableForm form = new TableForm(settings);
  private final TableReader reader = new TableReader(settings);

  private static Dataset.Builder orders() {
    return Dataset.named("sales.orders").in(Zone.CURATED).column("id", INT);
  }

  private static Registered registered(long number, Dataset dataset) {
    return new Registered(
        number, dataset, Instant.parse("2026-01-01T00:00:00Z"), Principal.user("ada"));
  }

  private static Table stored(TableInput input) {
    return Table.builder()
        .databaseName("sales")
        .name(input.name())
        .description(input.description())
        .owner(input.owner())
        .retention(input.retention())
        .tableType(input.tableType())
        .partitionKeys(input.partitionKeys())
        .storageDescriptor(input.storageDescriptor())
        .parameters(input.parameters())
        .build();
  }

  private TableInput created(Dataset dataset) {
    return form.create(registered(1, dataset));
  }

  private void comesBack(Dataset dataset) {
    assertThat(reader.read(stored(created(dataset)))).isEqualTo(registered(1, dataset));
  }

  private static String serDe(TableInput table) {
    return table.storageDescriptor().serdeInfo().serializationLibrary();
  }

  private static Map<String, String> serDeParameters(TableInput table) {
    return table.storageDescriptor().serdeInfo().parameters();
  }

  @Test
  void parquetIsWhatAthenaWouldHaveMade() {
    TableInput table =
        created(
            orders()
                .column("at", TIMESTAMP, c -> c.describedAs("when"))
                .column("tags", arrayOf(decimal(10, 2)))
                .partitionedBy("day", DATE)
                .describedAs("what was ordered")
                .stewardedBy("sales-engineering")
                .build());
    assertThat(table.tableType()).isEqualTo("EXTERNAL_TABLE");
    assertThat(table.description()).isEqualTo("what was ordered");
    assertThat(table.owner()).isEqualTo("sales-engineering");
    assertThat(table.parameters())
        .containsEntry("EXTERNAL", "TRUE")
        .containsEntry("classification", "parquet")
        .containsEntry("parquet.compression", "ZSTD");
    StorageDescriptor files = table.storageDescriptor();
    assertThat(files.location()).isEqualTo("s3://acme-lake-curated/sales/orders/");
    assertThat(files.serdeInfo().serializationLibrary())
        .isEqualTo("org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe");
    assertThat(files.inputFormat())
        .isEqualTo("org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat");
    assertThat(files.outputFormat())
        .isEqualTo("org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat");
    assertThat(files.columns())
        .containsExactly(
            Column.builder().name("id").type("int").build(),
            Column.builder().name("at").type("timestamp").comment("when").build(),
            Column.builder().name("tags").type("array<decimal(10,2)>").build());
    assertThat(table.partitionKeys())
        .containsExactly(Column.builder().name("day").type("date").build());
  }

  @Test
  void csvWithTextIsReadByOpenCsvWhichKnowsStringsAlone() {
    Dataset dataset =
        orders().column("note", STRING).column("day", DATE).format(Format.CSV).build();
    TableInput table = created(dataset);
    assertThat(serDe(table)).isEqualTo(OPEN_CSV);
    assertThat(serDeParameters(table))
        .containsEntry("separatorChar", ",")
        .containsEntry("quoteChar", "\"")
        .as("a backslash is no escape")
        .containsEntry("escapeChar", "\uE000");
    assertThat(table.parameters())
        .containsEntry("classification", "csv")
        .containsEntry("skip.header.line.count", "1");
    assertThat(table.storageDescriptor().columns()).extracting(Column::type).containsOnly("string");
    comesBack(dataset);
  }

  @Test
  void csvWithoutTextIsReadByLazySimpleWhichKnowsTypesAndNulls() {
    Dataset dataset =
        orders()
            .column("day", DATE)
            .format(Format.csv().delimitedBy(';').quotedBy('\'').withoutHeader())
            .build();
    TableInput table = created(dataset);
    assertThat(serDe(table)).isEqualTo(LAZY);
    assertThat(serDeParameters(table))
        .containsEntry("field.delim", ";")
        .containsEntry("serialization.null.format", "");
    assertThat(table.parameters()).doesNotContainKey("skip.header.line.count");
    assertThat(table.storageDescriptor().columns())
        .extracting(Column::type)
        .containsExactly("int", "date");
    comesBack(dataset);
  }

  @Test
  void jsonOrcAvroAndIonHaveTheirSerDes() {
    assertThat(serDe(created(orders().format(Format.JSON_LINES).build())))
        .isEqualTo("org.openx.data.jsonserde.JsonSerDe");
    TableInput orc = created(orders().format(Format.ORC).build());
    assertThat(serDe(orc)).isEqualTo("org.apache.hadoop.hive.ql.io.orc.OrcSerde");
    assertThat(orc.storageDescriptor().inputFormat())
        .isEqualTo("org.apache.hadoop.hive.ql.io.orc.OrcInputFormat");
    assertThat(parameters(orc)).containsEntry("orc.column.index.access", "false");
    TableInput avro = created(orders().format(Format.AVRO).build());
    assertThat(serDe(avro)).isEqualTo("org.apache.hadoop.hive.serde2.avro.AvroSerDe");
    assertThat(avro.storageDescriptor().inputFormat())
        .isEqualTo("org.apache.hadoop.hive.ql.io.avro.AvroContainerInputFormat");
    TableInput ion = created(orders().format(Format.ION.at("id", "(key)")).build());
    assertThat(serDe(ion)).isEqualTo("com.amazon.ionhiveserde.IonHiveSerDe");
    assertThat(ion.storageDescriptor().inputFormat())
        .isEqualTo("com.amazon.ionhiveserde.formats.IonInputFormat");
    assertThat(parameters(ion)).containsExactly(Map.entry("ion.id.path_extractor", "(key)"));
  }

  @Test
  void partitionProjectionIsNotForTablesThatAreWrittenHere() {
    Dataset dataset = orders().projecting(Map.of("projection.enabled", "true")).build();
    assertThatThrownBy(() -> created(dataset))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("it has partition projection");
  }

  @Test
  void patternsOfLinesAreParametersOfTheirSerDes() {
    TableInput regex =
        created(orders().format(new Format.Regex("(.*)", Format.LetterCase.IGNORED, 0)).build());
    assertThat(serDe(regex)).isEqualTo("org.apache.hadoop.hive.serde2.RegexSerDe");
    assertThat(parameters(regex))
        .containsEntry("input.regex", "(.*)")
        .containsEntry("input.regex.case.insensitive", "true");
    TableInput grok = created(orders().format(new Format.Grok("%{A:id}", "A x", 0)).build());
    assertThat(serDe(grok)).isEqualTo("com.amazonaws.glue.serde.GrokSerDe");
    assertThat(parameters(grok))
        .containsEntry("input.format", "%{A:id}")
        .containsEntry("input.grokCustomPatterns", "A x");
    assertThat(grok.storageDescriptor().inputFormat())
        .isEqualTo("org.apache.hadoop.mapred.TextInputFormat");
  }

  private static Map<String, String> parameters(TableInput table) {
    return table.storageDescriptor().serdeInfo().parameters();
  }

  @Test
  void everyFormatComesBack() {
    for (Format format :
        List.of(
            Format.PARQUET,
            Format.parquet(Format.Compression.NONE),
            Format.parquet(Format.Compression.GZIP),
            Format.parquet(Format.Compression.SNAPPY),
            Format.CSV,
            Format.csv().delimitedBy('\t').quotedBy('|').withoutHeader(),
            Format.JSON,
            Format.JSON_LINES,
            Format.AVRO,
            Format.ORC,
            new Format.Orc(Format.ColumnAccess.BY_INDEX),
            new Format.JsonLines(Format.Malformed.NULLS, Map.of("id", "@Id")),
            new Format.JsonLines(
                Format.Malformed.REFUSED,
                Map.of(),
                Format.Dots.UNDERSCORES,
                Format.Compression.NONE),
            Format.ION,
            Format.CLOUD_TRAIL,
            new Format.OpenCsv(';', '\'', '^', 3, Format.Malformed.NULLS),
            new Format.Regex("(.*)", Format.LetterCase.EXACT, 1),
            new Format.Grok("%{INT:id}", "", 2),
            new Format.Ion(
                Map.of("note", "(a b)"),
                Format.LetterCase.EXACT,
                Format.Overflow.CUT,
                Map.of("id", Format.Overflow.REFUSED),
                Format.Damage.PASSED_OVER),
            Format.csv().compressedWith(Format.Compression.BZIP2),
            Format.JSON_LINES.compressedWith(Format.Compression.GZIP),
            Format.AVRO.compressedWith(Format.Compression.NONE),
            Format.ORC.compressedWith(Format.Compression.LZ4),
            Format.DELIMITED.compressedWith(Format.Compression.ZSTD),
            Format.DELIMITED,
            Format.DELIMITED.delimitedBy(',').escapedBy('\\').nullAs("").skippingLines(2),
            Format.regex("([0-9]+) (.*)"),
            new Format.Regex("(.*)", Format.LetterCase.IGNORED, 0),
            Format.grok("%{INT:id}"),
            new Format.Grok("%{A:id}", "A [0-9]", 0))) {
      comesBack(orders().format(format).build());
      comesBack(orders().column("note", STRING).format(format).build());
      comesBack(Dataset.named("sales.landed").in(Zone.RAW).format(format).build());
    }
  }

  @Test
  void textsThatAreTooLongForGlueAreCutThereAndComeBackWhole() {
    Dataset dataset =
        orders()
            .column("größe", INT, c -> c.describedAs("ü".repeat(255)))
            .describedAs("注文\nin two lines " + "x".repeat(3000))
            .stewardedBy("é".repeat(200))
            .build();
    TableInput table = created(dataset);
    assertThat(table.storageDescriptor().columns().get(1).comment()).isEqualTo("ü".repeat(127));
    assertThat(table.description()).startsWith("注文 in two").hasSize(2044);
    assertThat(table.owner()).isEqualTo("é".repeat(127));
    comesBack(dataset);
    Table edited = stored(table).toBuilder().description("edited").build();
    assertThat(reader.read(edited).dataset().description()).contains("edited");
  }

  @Test
  void bucketsAreThoseOfHive() {
    Dataset dataset = orders().bucketedBy(new Bucketing(List.of("id"), 4)).build();
    StorageDescriptor descriptor = created(dataset).storageDescriptor();
    assertThat(descriptor.bucketColumns()).containsExactly("id");
    assertThat(descriptor.numberOfBuckets()).isEqualTo(4);
    comesBack(dataset);

    Dataset plain = orders().build();
    TableInput bucketed = form.update(registered(2, dataset), stored(created(plain)), plain);
    assertThat(bucketed.storageDescriptor().numberOfBuckets()).isEqualTo(4);
    TableInput again = form.update(registered(3, plain), stored(bucketed), dataset);
    assertThat(again.storageDescriptor().numberOfBuckets()).isEqualTo(-1);
    assertThat(again.storageDescriptor().bucketColumns()).isEmpty();
    Table unhashed =
        stored(bucketed).toBuilder()
            .storageDescriptor(
                bucketed.storageDescriptor().toBuilder().bucketColumns("absent").build())
            .build();
    assertThat(reader.read(unhashed).dataset().bucketing()).isEmpty();
  }

  @Test
  void anUpdateKeepsWhatOthersMade() {
    Table foreign =
        stored(created(orders().build())).toBuilder()
            .parameters(Map.of("classification", "parquet", "made-by", "another tool"))
            .retention(7)
            .storageDescriptor(
                StorageDescriptor.builder()
                    .location("s3://acme-lake-curated/sales/orders")
                    .columns(
                        Column.builder()
                            .name("id")
                            .type("int")
                            .parameters(Map.of("their", "own"))
                            .build())
                    .bucketColumns("id")
                    .numberOfBuckets(4)
                    .parameters(Map.of("averageRecordSize", "12"))
                    .serdeInfo(
                        SerDeInfo.builder()
                            .name("theirs")
                            .serializationLibrary("parquet.hive.serde.ParquetHiveSerDe")
                            .parameters(Map.of("x", "y"))
                            .build())
                    .build())
            .build();
    Dataset known = reader.read(foreign).dataset();
    assertThat(known.format()).isEqualTo(Format.parquet(Format.Compression.SNAPPY));
    Dataset next = known.toBuilder().column("total", DOUBLE).describedAs("more").build();

    TableInput updated = form.update(registered(1, next), foreign, known);

    assertThat(updated.parameters())
        .containsEntry("made-by", "another tool")
        .containsEntry("lake.definition", "1");
    assertThat(updated.retention()).isEqualTo(7);
    StorageDescriptor before = foreign.storageDescriptor();
    StorageDescriptor after = updated.storageDescriptor();
    assertThat(after)
        .isEqualTo(
            before.toBuilder()
                .columns(
                    before.columns().get(0), Column.builder().name("total").type("double").build())
                .build());
    assertThat(reader.read(stored(updated)).dataset()).isEqualTo(next);
  }

  @Test
  void aColumnOfTextMakesACsvTableOneOfStrings() {
    Dataset before = orders().column("day", DATE).format(Format.CSV).build();
    Table table = stored(created(before));
    Dataset after = before.toBuilder().column("note", STRING).build();
    TableInput updated = form.update(registered(2, after), table, before);
    assertThat(serDe(updated)).isEqualTo(OPEN_CSV);
    assertThat(reader.read(stored(updated))).isEqualTo(registered(2, after));
  }

  @Test
  void publishingMayMoveTheLocationOfATable() {
    Dataset before = orders().build();
    Table table = stored(created(before));
    StorageDescriptor moved =
        table.storageDescriptor().toBuilder()
            .location("s3://acme-lake-curated/sales/orders/v7/")
            .build();
    Table current = table.toBuilder().storageDescriptor(moved).build();
    assertThat(reader.read(current).dataset()).isEqualTo(before);
    Dataset next = before.toBuilder().column("more", INT).build();
    assertThat(form.update(registered(2, next), current, before).storageDescriptor().location())
        .isEqualTo("s3://acme-lake-curated/sales/orders/v7/");
    Dataset elsewhere = before.toBuilder().in(Zone.RAW).at("x").build();
    assertThat(
            form.update(registered(2, elsewhere), current, before).storageDescriptor().location())
        .isEqualTo("s3://acme-lake-raw/x/empty/");
  }

  @Test
  void aFormatThatChangesTakesItsParametersAlong() {
    Dataset before = orders().column("note", STRING).format(Format.CSV).build();
    Dataset after = before.toBuilder().format(Format.PARQUET).build();
    TableInput updated = form.update(registered(2, after), stored(created(before)), before);
    assertThat(updated.parameters())
        .doesNotContainKey("skip.header.line.count")
        .containsEntry("classification", "parquet");
    assertThat(reader.read(stored(updated)).dataset()).isEqualTo(after);
  }

  @Test
  void aFormatWithoutASerDeIsNotRegistered() {
    assertThatThrownBy(() -> created(orders().format(Format.other("xml")).build()))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage(
            "Cannot register dataset sales.orders: Glue must be told how to read its files, which"
                + " are xml; make the table with the tool that writes them");
  }

  private static Table foreign(String location, String serDe, Map<String, String> parameters) {
    return Table.builder()
        .databaseName("sales")
        .name("theirs")
        .parameters(parameters)
        .storageDescriptor(
            StorageDescriptor.builder()
                .location(location)
                .columns(Column.builder().name("id").type("bigint").build())
                .serdeInfo(
                    SerDeInfo.builder().serializationLibrary(serDe).parameters(parameters).build())
                .build())
        .build();
  }

  @Test
  void tablesOfOthersAreReadAsFarAsTheyCanBe() {
    Registered read =
        reader.read(foreign("s3a://acme-lake-raw/a/b", OPEN_CSV, Map.of("separatorChar", "|")));
    assertThat(read.dataset())
        .isEqualTo(
            Dataset.named("sales.theirs")
                .in(Zone.RAW)
                .at("a/b/")
                .column("id", BIGINT)
                .format(new Format.OpenCsv('|', '"', '\\', 0, Format.Malformed.REFUSED))
                .build());
    assertThat(read.number()).isZero();
    assertThat(read.by()).hasToString("role another-tool");
  }

  @ParameterizedTest
  @CsvSource({
    "com.amazonaws.glue.serde.GrokSerDe, '', grok",
    "org.apache.hadoop.hive.serde2.RegexSerDe, '', regex",
    "com.ibm.spss.hive.serde2.xml.XmlSerDe, xml, xml",
    "'', '', unknown"
  })
  void formatsOfOthersHaveNames(String serDe, String classification, String name) {
    Map<String, String> parameters =
        classification.isEmpty() ? Map.of() : Map.of("classification", classification);
    assertThat(reader.read(foreign("s3://acme-lake-raw/a/", serDe, parameters)).dataset().format())
        .isEqualTo(Format.other(name));
  }

  @Test
  void orcOfOthersIsReadByIndexUnlessTheTableSaysOtherwise() {
    String orc = "org.apache.hadoop.hive.ql.io.orc.OrcSerde";
    assertThat(format(orc, Map.of())).isEqualTo(new Format.Orc(Format.ColumnAccess.BY_INDEX));
    assertThat(format(orc, Map.of("orc.column.index.access", "FALSE"))).isEqualTo(Format.ORC);
  }

  @Test
  void patternsOfOthersThatCannotBeReadHereAreNames() {
    String regex = "org.apache.hadoop.hive.serde2.RegexSerDe";
    assertThat(format(regex, Map.of("input.regex", "(a|b)"))).isEqualTo(Format.regex("(a|b)"));
    assertThat(format(regex, Map.of("input.regex", "("))).isEqualTo(Format.other("regex"));
    assertThat(format(regex, Map.of("input.regex", "(.)", "skip.header.line.count", "1")))
        .isEqualTo(new Format.Regex("(.)", Format.LetterCase.EXACT, 1));
    assertThat(format(regex, Map.of("input.regex", "(.)", "skip.footer.line.count", "1")))
        .isEqualTo(Format.other("regex"));
  }

  private Format format(String serDe, Map<String, String> parameters) {
    return reader.read(foreign("s3://acme-lake-raw/a/", serDe, parameters)).dataset().format();
  }

  @Test
  void csvThatAReaderWouldMisreadIsNoCsv() {
    assertThat(format(OPEN_CSV, Map.of("skip.header.line.count", "2", "escapeChar", "\"")))
        .isEqualTo(Format.OPEN_CSV.skippingLines(2));
    for (Map<String, String> parameters :
        List.of(
            Map.of("skip.footer.line.count", "2"),
            Map.of("skip.header.line.count", "many"),
            Map.of("separatorChar", "||"),
            Map.of("separatorChar", "\""))) {
      assertThat(format(OPEN_CSV, parameters)).isEqualTo(Format.other("csv"));
    }
  }

  @Test
  void delimitedLinesOfOthersAreReadAsFarAsTheyCanBe() {
    assertThat(format(LAZY, Map.of())).isEqualTo(Format.DELIMITED);
    assertThat(format(LAZY, Map.of("serialization.format", "1"))).isEqualTo(Format.DELIMITED);
    assertThat(
            format(
                LAZY,
                Map.of("field.delim", ",", "escape.delim", "\\", "skip.header.line.count", "2")))
        .isEqualTo(Format.DELIMITED.delimitedBy(',').escapedBy('\\').skippingLines(2));
    assertThat(format(LAZY, Map.of("field.delim", "||"))).isEqualTo(Format.other("text"));
    assertThat(format(LAZY, Map.of("skip.footer.line.count", "1"))).isEqualTo(Format.other("text"));
  }

  private void refused(Table table, String reason) {
    assertThatThrownBy(() -> reader.read(table))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage("Cannot read the definition of dataset sales.theirs: " + reason);
  }

  @Test
  void whatCannotBeADatasetIsRefusedWithItsReason() {
    Table table = foreign("s3://acme-lake-raw/a/", OPEN_CSV, Map.of());
    StorageDescriptor.Builder files = table.storageDescriptor().toBuilder();
    refused(
        table.toBuilder()
            .storageDescriptor(
                files
                    .columns(Column.builder().name("u").type("uniontype<int,string>").build())
                    .build())
            .build(),
        "its column u is of the type uniontype<int,string> in Glue, which this SDK does not"
            + " support; query it in Athena, or give the column another type");
    refused(
        foreign("s3://other/a/", OPEN_CSV, Map.of()),
        "its location s3://other/a/ is no folder of this lake's buckets; name the bucket with"
            + " AwsSettings...bucket(Zone.named(...), ...)");
    refused(
        foreign("s3://acme-lake-raw/a/", OPEN_CSV, Map.of("table_type", "ICEBERG")),
        "it is a table of ICEBERG, which this SDK does not know");
    refused(
        table.toBuilder().tableType("VIRTUAL_VIEW").build(),
        "it is a view or a link to a table elsewhere, and has no files");
  }
}
