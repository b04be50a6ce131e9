package io.lakesdk.catalog.aws;

import static io.lakesdk.schema.DataType.BIGINT;
import static io.lakesdk.schema.DataType.INT;
import static io.lakesdk.schema.DataType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.AwsBackend;
import io.lakesdk.AwsService;
import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.Definitions;
import io.lakesdk.catalog.SchemaVersion;
import io.lakesdk.emulator.TestAws;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Snapshot;
import io.lakesdk.publish.Write;
import io.lakesdk.storage.PutOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/** Tables that another tool made, or changed. */
@ExtendWith(TestAws.Fresh.class)
class ForeignTablesEmulatorIT {

  private static final DatasetId ID = DatasetId.parse("theirs.events");
  private static final String PARQUET =
      "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";

  private Lake lake = Lake.inMemory();
  private GlueClient glue;
  private String bucket;
  private Catalog catalog;

  @BeforeEach
  void open() {
    lake = TestAws.lake();
    AwsBackend backend = (AwsBackend) lake.backend();
    glue = backend.connection().client(AwsService.GLUE, GlueClient.builder());
    bucket = backend.settings().bucket(Zone.RAW);
    catalog = Catalog.of(lake);
    glue.createDatabase(database -> database.databaseInput(in -> in.name("theirs")));
  }

  @AfterEach
  void close() {
    lake.close();
  }

  private static Column column(String name, String type) {
    return Column.builder().name(name).type(type).build();
  }

  private TableInput.Builder table(String name, String serDe, Column... columns) {
    return TableInput.builder()
        .name(name)
        .tableType("EXTERNAL_TABLE")
        .parameters(Map.of("classification", "parquet", "written-by", "their job"))
        .partitionKeys(column("year", "int"))
        .storageDescriptor(
            StorageDescriptor.builder()
                .location("s3://" + bucket + "/theirs/" + name)
                .columns(columns)
                .inputFormat("org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat")
                .outputFormat("org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat")
                .parameters(Map.of("UPDATED_BY_CRAWLER", "their crawler"))
                .serdeInfo(
                    info ->
                        info.name("own name")
                            .serializationLibrary(serDe)
                            .parameters(Map.of("serialization.format", "1", "their", "option")))
                .build());
  }

  private void create(TableInput.Builder table) {
    glue.createTable(request -> request.databaseName("theirs").tableInput(table.build()));
  }

  private Table stored(String name) {
    return glue.getTable(request -> request.databaseName("theirs").name(name)).table();
  }

  private static Dataset.Builder events() {
    return Dataset.named("theirs.events")
        .in(Zone.RAW)
        .column("id", BIGINT)
        .format(Format.parquet(Format.Compression.SNAPPY));
  }

  @Test
  void theyAreFoundAndListed() {
    create(table("events", PARQUET, column("id", "bigint")));
    Dataset expected = events().partitionedBy("year", INT).build();
    assertThat(catalog.dataset(ID)).isEqualTo(expected);
    assertThat(Definitions.of(lake).find(ID)).contains(expected);
    assertThat(catalog.list()).containsExactly(expected);
    assertThat(catalog.list("theirs")).containsExactly(expected);
    List<SchemaVersion> versions = catalog.versions(ID);
    assertThat(versions).hasSize(1);
    assertThat(versions.get(0).number()).isEqualTo(1);
    assertThat(versions.get(0).by()).hasToString("role another-tool");
  }

  @Test
  void aRegistrationKeepsWhatItDoesNotKnow() {
    create(table("events", PARQUET, column("id", "bigint")));
    Table before = stored("events");
    Dataset known = catalog.dataset(ID);
    catalog.register(known.toBuilder().column("note", STRING).describedAs("their events").build());

    Table after = stored("events");
    assertThat(after.description()).isEqualTo("their events");
    assertThat(after.parameters()).containsAllEntriesOf(before.parameters());
    assertThat(after.storageDescriptor())
        .isEqualTo(
            before.storageDescriptor().toBuilder()
                .columns(column("id", "bigint"), column("note", "string"))
                .build());
    assertThat(after.partitionKeys()).isEqualTo(before.partitionKeys());
    assertThat(catalog.versions(ID))
        .extracting(version -> version.number() + " by " + version.by())
        .containsExactly("2 by administrator", "1 by role another-tool");
  }

  @Test
  void theyMayHaveDataSoThatTheyDoNotMove() {
    create(table("events", PARQUET, column("id", "bigint")));
    Dataset moved = catalog.dataset(ID).toBuilder().at("elsewhere").build();
    assertThatThrownBy(() -> catalog.register(moved))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("would change its location from theirs/events/ to elsewhere/");
  }

  @Test
  void whatAnotherToolChangesIsADefinitionOfItsOwn() {
    Dataset ours = events().build();
    catalog.register(ours);
    Table table = stored("events");
    glue.updateTable(
        request ->
            request
                .databaseName("theirs")
                .tableInput(
                    in ->
                        in.name("events")
                            .parameters(table.parameters())
                            .storageDescriptor(
                                table.storageDescriptor().toBuilder()
                                    .columns(column("id", "bigint"), column("more", "string"))
                                    .build())));

    assertThat(catalog.dataset(ID)).isEqualTo(ours.toBuilder().column("more", STRING).build());
    assertThat(catalog.versions(ID))
        .extracting(version -> version.number() + " by " + version.by())
        .containsExactly("2 by role another-tool", "1 by administrator");

    catalog.register(catalog.dataset(ID).toBuilder().column("last", STRING).build());
    assertThat(catalog.versions(ID)).extracting(SchemaVersion::number).containsExactly(3L, 2L, 1L);
  }

  @Test
  void parametersThatOthersSetAreNoDefinition() {
    catalog.register(events().build());
    Table table = stored("events");
    glue.updateTable(
        request ->
            request
                .databaseName("theirs")
                .tableInput(
                    in ->
                        in.name("events")
                            .tableType(table.tableType())
                            .parameters(withMore(table.parameters()))
                            .storageDescriptor(table.storageDescriptor())));
    assertThat(catalog.versions(ID)).hasSize(1);
    catalog.register(events().describedAs("described").build());
    assertThat(stored("events").parameters()).containsEntry("more", "of theirs");
    assertThat(catalog.versions(ID)).hasSize(2);
  }

  private static Map<String, String> withMore(Map<String, String> parameters) {
    Map<String, String> more = new HashMap<>(parameters);
    more.put("more", "of theirs");
    return more;
  }

  @Test
  void aTypeThatIsNotSupportedIsToldWhenTheTableIsUsed() {
    create(table("events", PARQUET, column("id", "bigint")));
    create(table("odd", PARQUET, column("id", "bigint"), column("u", "uniontype<int,string>")));
    assertThat(catalog.list()).extracting(Dataset::id).containsExactly(ID);
    assertThatThrownBy(() -> catalog.dataset(DatasetId.parse("theirs.odd")))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage(
            "Cannot read the definition of dataset theirs.odd: its column u is of the type"
                + " uniontype<int,string> in Glue, which this SDK does not support; query it in"
                + " Athena, or give the column another type");
    assertThatThrownBy(() -> catalog.drop(DatasetId.parse("theirs.odd")))
        .isInstanceOf(InvalidDefinitionException.class);
    assertThat(stored("odd").name()).isEqualTo("odd");
  }

  @Test
  void tablesOfOtherBucketsAreLeftOut() {
    create(
        TableInput.builder()
            .name("elsewhere")
            .storageDescriptor(files -> files.location("s3://another-bucket/x/")));
    assertThat(catalog.list()).isEmpty();
    assertThatThrownBy(() -> catalog.find(DatasetId.parse("theirs.elsewhere")))
        .hasMessageContaining("its location s3://another-bucket/x/ is no folder of this lake's");
    Dataset same = Dataset.named("theirs.elsewhere").in(Zone.RAW).column("id", BIGINT).build();
    assertThatThrownBy(() -> catalog.register(same)).isInstanceOf(InvalidDefinitionException.class);
    assertThat(stored("elsewhere").storageDescriptor().location())
        .isEqualTo("s3://another-bucket/x/");
  }

  @Test
  void settingsOfSerDesThatOthersMadeAreKept() {
    create(table("orc", "org.apache.hadoop.hive.ql.io.orc.OrcSerde", column("id", "bigint")));
    create(table("avro", "org.apache.hadoop.hive.serde2.avro.AvroSerDe", column("id", "bigint")));
    assertThat(catalog.list())
        .extracting(Dataset::format)
        .containsExactly(Format.AVRO, new Format.Orc(Format.ColumnAccess.BY_INDEX));
    Dataset orc = catalog.dataset(DatasetId.parse("theirs.orc"));
    catalog.register(orc.toBuilder().column("note", STRING).build());
    assertThat(stored("orc").storageDescriptor().serdeInfo().serializationLibrary())
        .isEqualTo("org.apache.hadoop.hive.ql.io.orc.OrcSerde");
    assertThat(stored("orc").storageDescriptor().serdeInfo().parameters())
        .containsEntry("their", "option");
  }

  @Test
  void aDatasetMayNotLieInTheirFolder() {
    create(table("events", PARQUET, column("id", "bigint")));
    Dataset inside =
        Dataset.named("ours.late")
            .in(Zone.RAW)
            .at("theirs/events/late")
            .column("x", STRING)
            .build();
    assertThatThrownBy(() -> catalog.register(inside))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("and that of theirs.events overlap");
  }

  @Test
  void droppingForgetsTheTable() {
    create(table("events", PARQUET, column("id", "bigint")));
    catalog.drop(ID);
    assertThat(catalog.find(ID)).isEmpty();
    assertThat(glue.getTables(request -> request.databaseName("theirs")).tableList()).isEmpty();
  }

  private void partition(String year, String location) {
    StorageDescriptor files = stored("events").storageDescriptor();
    glue.createPartition(
        request ->
            request
                .databaseName("theirs")
                .tableName("events")
                .partitionInput(
                    in ->
                        in.values(year)
                            .storageDescriptor(files.toBuilder().location(location).build())));
  }

  private void put(Zone zone, String key) {
    lake.store(zone).put(key, new byte[] {1, 2, 3}, PutOptions.defaults());
  }

  @Test
  void theirPartitionsAreWhereGlueSaysThatTheyAre() {
    create(table("events", PARQUET, column("id", "bigint")));
    put(Zone.RAW, "theirs/events/year=2001/a.parquet");
    put(Zone.RAW, "theirs/events/year=2001/_SUCCESS");
    put(Zone.RAW, "theirs/events/year=2002/not-in-glue.parquet");
    put(Zone.RAW, "elsewhere/b.parquet");
    put(Zone.CURATED, "c/d.parquet");
    partition("2001", "s3://" + bucket + "/theirs/events/year=2001");
    partition("2003", "s3://" + bucket + "/elsewhere/");
    String curated = ((AwsBackend) lake.backend()).settings().bucket(Zone.CURATED);
    partition("__HIVE_DEFAULT_PARTITION__", "s3://" + curated + "/c/");

    Snapshot content = Publishing.of(lake).snapshot(catalog.dataset(ID));
    assertThat(content.version()).isZero();
    assertThat(content.totals()).isEqualTo(new Snapshot.Totals(3, 3, 9, 0));
    assertThat(content.files(PartitionFilter.any()))
        .extracting(file -> file.partition() + " " + file.object())
        .containsExactly(
            "year=2001 raw/theirs/events/year=2001/a.parquet",
            "year=2003 raw/elsewhere/b.parquet",
            "year=__HIVE_DEFAULT_PARTITION__ curated/c/d.parquet");
    assertThat(catalog.partitions(ID).where("year > 2001").list())
        .extracting(one -> one.partition().path())
        .containsExactly("year=2003");
  }

  @Test
  void aPartitionOutsideOfTheLakeIsRefusedByItsPlace() {
    create(table("events", PARQUET, column("id", "bigint")));
    partition("2001", "s3://another-bucket/x/");
    assertThatThrownBy(() -> catalog.partitions(ID).list())
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage(
            "Cannot read dataset theirs.events: some of it is at s3://another-bucket/x/, which is"
                + " no folder of this lake's buckets; name the bucket with"
                + " AwsSettings...bucket(Zone.named(...), ...)");
  }

  @Test
  void nothingIsLoadedIntoTheirTables() {
    create(table("events", PARQUET, column("id", "bigint")));
    Dataset theirs = catalog.dataset(ID);
    catalog.register(theirs.toBuilder().describedAs("described here").build());
    assertThatThrownBy(() -> Publishing.of(lake).begin(theirs, Write.APPEND, LoadId.of("load-1")))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage(
            "Cannot load into dataset theirs.events: another tool made its table in Glue, and its"
                + " files would no longer be part of it; load into a dataset of another name");
  }

  @Test
  void droppingLeavesTheirFiles() {
    create(table("events", PARQUET, column("id", "bigint")));
    put(Zone.RAW, "theirs/events/year=2001/a.parquet");
    catalog.drop(ID);
    assertThat(lake.store(Zone.RAW).all("theirs/").toList()).hasSize(1);
  }
}
