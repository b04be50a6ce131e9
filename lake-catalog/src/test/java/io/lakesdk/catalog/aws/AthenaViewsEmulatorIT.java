package io.lakesdk.catalog.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lakesdk.AwsBackend;
import io.lakesdk.AwsService;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.View;
import io.lakesdk.catalog.Views;
import io.lakesdk.emulator.TestAws;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/** Views in the form in which Athena keeps them. */
@ExtendWith(TestAws.Fresh.class)
class AthenaViewsEmulatorIT {

  private static final DatasetId ID = DatasetId.parse("sales.daily");

  private static final software.amazon.awssdk.services.glue.model.Column DAY =
      software.amazon.awssdk.services.glue.model.Column.builder().name("day").type("date").build();

  private Lake lake = Lake.inMemory();
  private GlueClient glue;

  @BeforeEach
  void open() {
    lake = TestAws.lake();
    glue = ((AwsBackend) lake.backend()).connection().client(AwsService.GLUE, GlueClient.builder());
  }

  @AfterEach
  void close() {
    lake.close();
  }

  private static String decoded(Table table) {
    String text = table.viewOriginalText();
    assertThat(text).startsWith("/* Presto View: ").endsWith(" */");
    String encoded = text.substring("/* Presto View: ".length(), text.length() - 3);
    return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
  }

  @Test
  void aViewMadeHereIsOneForAthena() throws IOException {
    Views.of(lake)
        .create(
            new View(
                ID,
                List.of(
                    Column.of("id", DataType.INT),
                    Column.of("tags", DataType.parse("array<string>")),
                    Column.of("pair", DataType.parse("struct<n:float,t:timestamp>"))),
                "sales",
                "SELECT id, tags, pair FROM orders"),
            Views.Existing.REFUSE);

    Table table = glue.getTable(get -> get.databaseName("sales").name("daily")).table();
    assertThat(table.tableType()).isEqualTo("VIRTUAL_VIEW");
    assertThat(table.viewExpandedText()).isEqualTo("/* Presto View */");
    assertThat(table.parameters()).containsEntry("presto_view", "true");
    assertThat(table.storageDescriptor().columns())
        .extracting(column -> column.name() + " " + column.type())
        .containsExactly("id int", "tags array<string>", "pair struct<n:float,t:timestamp>");
    JsonNode view = new ObjectMapper().readTree(decoded(table));
    assertThat(view.get("originalSql").textValue()).isEqualTo("SELECT id, tags, pair FROM orders");
    assertThat(view.get("catalog").textValue()).isEqualTo("awsdatacatalog");
    assertThat(view.get("schema").textValue()).isEqualTo("sales");
    assertThat(view.get("columns"))
        .extracting(column -> column.get("type").textValue())
        .containsExactly("integer", "array(varchar)", "row(\"n\" real, \"t\" timestamp(3))");
  }

  private void create(String text) {
    glue.createDatabase(create -> create.databaseInput(input -> input.name("sales")));
    glue.createTable(
        create ->
            create
                .databaseName("sales")
                .tableInput(
                    TableInput.builder()
                        .name("daily")
                        .tableType("VIRTUAL_VIEW")
                        .viewOriginalText(text)
                        .viewExpandedText("/* Presto View */")
                        .parameters(Map.of("presto_view", "true", "comment", "Presto View"))
                        .storageDescriptor(storage -> storage.columns(List.of(DAY)))
                        .build()));
  }

  private static String encoded(String json) {
    return "/* Presto View: "
        + Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8))
        + " */";
  }

  @Test
  void aViewMadeByAthenaIsOneHere() {
    create(
        encoded(
            "{\"originalSql\":\"SELECT day FROM \\\"Orders\\\"\",\"catalog\":\"awsdatacatalog\","
                + "\"schema\":\"shop\",\"columns\":[{\"name\":\"day\",\"type\":\"date\"}],"
                + "\"owner\":\"somebody\",\"runAsInvoker\":false,\"properties\":{}}"));

    View view = Views.of(lake).find(ID).orElseThrow();
    assertThat(view.sql()).isEqualTo("SELECT day FROM \"Orders\"");
    assertThat(view.database()).isEqualTo("shop");
    assertThat(view.columns()).containsExactly(Column.of("day", DataType.DATE));
    assertThat(Views.of(lake).versions(ID).get(0).by().toString()).contains("another-tool");
    assertThat(Catalog.of(lake).list()).isEmpty();

    Views.of(lake)
        .create(new View(ID, view.columns(), "shop", "SELECT day FROM x"), Views.Existing.REPLACE);
    assertThat(Views.of(lake).find(ID).orElseThrow().sql()).isEqualTo("SELECT day FROM x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/* Presto View: !!! */", "/* Presto View: e30= */", "/* Presto View: */"})
  void aTextThatIsNoViewIsToldAndLeftOutOfLists(String text) {
    create(text);
    if (text.equals("/* Presto View: */")) {
      assertThat(Views.of(lake).find(ID)).isEmpty();
    } else {
      assertThatThrownBy(() -> Views.of(lake).find(ID))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining("sales.daily: its text is not that of a view of Athena");
    }
    assertThat(Views.of(lake).list()).isEmpty();
    assertThat(Catalog.of(lake).list()).isEmpty();
  }
}
