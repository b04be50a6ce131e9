package io.lakesdk.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Views.Existing;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the keeping of views promises, wherever they are kept. */
public abstract class ViewsContract {

  private static final DatasetId ID = DatasetId.parse("sales.daily");
  private static final Principal READER = Principal.role("reader");

  private Lake lake = Lake.inMemory();
  private Views views = Views.of(lake);

  protected abstract Lake open();

  @BeforeEach
  final void openLake() {
    lake.close();
    lake = open();
    views = Views.of(lake);
  }

  @AfterEach
  final void closeLake() {
    lake.close();
  }

  private static View view(String name, String sql) {
    return new View(
        DatasetId.parse(name),
        List.of(
            Column.of("id", DataType.BIGINT),
            Column.of(
                "pairs",
                DataType.parse(
                    "map<string,array<struct<n:int,f:float,d:decimal(10,2),t:timestamp,b:binary>>>")),
            Column.of("text", DataType.parse("varchar(7)"))),
        "sales",
        sql);
  }

  @Test
  void keepsAViewAsItWasMade() {
    View view = view("sales.daily", "SELECT 'ü\n/* */' AS x FROM orders");
    views.create(view, Existing.REFUSE);

    assertThat(views.find(ID)).contains(view);
    assertThat(views.find(DatasetId.parse("sales.other"))).isEmpty();
    assertThat(views.versions(ID))
        .singleElement()
        .satisfies(
            version -> {
              assertThat(version.number()).isEqualTo(1);
              assertThat(version.view()).isEqualTo(view);
              assertThat(version.by()).isEqualTo(lake.principal());
            });
  }

  @Test
  void replacesAViewOnlyIfItIsTold() {
    View first = view("sales.daily", "SELECT 1");
    View second = view("sales.daily", "SELECT 2");
    views.create(first, Existing.REPLACE);
    assertThatThrownBy(() -> views.create(second, Existing.REFUSE))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessageContaining("there is a view of that name");
    assertThat(views.find(ID)).contains(first);

    views.create(second, Existing.REPLACE);
    views.create(second, Existing.REPLACE);
    assertThat(views.find(ID)).contains(second);
    assertThat(views.versions(ID)).extracting(Views.Version::view).containsExactly(second, first);
    assertThat(views.versions(ID)).extracting(Views.Version::number).containsExactly(2L, 1L);
  }

  @Test
  void listsViewsAndNoTables() {
    views.create(view("sales.b", "SELECT 1"), Existing.REFUSE);
    views.create(view("sales.a", "SELECT 1"), Existing.REFUSE);
    views.create(view("other.c", "SELECT 1"), Existing.REFUSE);
    Catalog.of(lake)
        .register(Dataset.named("sales.t").in(Zone.RAW).column("x", DataType.INT).build());

    assertThat(views.list())
        .extracting(v -> v.id().toString())
        .containsExactly("other.c", "sales.a", "sales.b");
    assertThat(views.list("sales")).extracting(v -> v.id().table()).containsExactly("a", "b");
    assertThat(views.list("nothing")).isEmpty();
    assertThat(Catalog.of(lake).list())
        .extracting(d -> d.id().toString())
        .containsExactly("sales.t");
    assertThat(Definitions.of(lake).find(DatasetId.parse("sales.a"))).isEmpty();
    assertThat(Definitions.of(lake).find(DatasetId.parse("sales.t"))).isPresent();
  }

  @Test
  void aNameIsATableOrAView() {
    Dataset table = Dataset.named("sales.daily").in(Zone.RAW).column("x", DataType.INT).build();
    views.create(view("sales.daily", "SELECT 1"), Existing.REFUSE);
    assertThatThrownBy(() -> Catalog.of(lake).register(table)).isInstanceOf(LakeException.class);
    assertThat(views.find(ID)).isPresent();

    views.drop(ID);
    Catalog.of(lake).register(table);
    assertThatThrownBy(() -> views.create(view("sales.daily", "SELECT 1"), Existing.REPLACE))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessageContaining("there is a table of that name");
    assertThat(views.find(ID)).isEmpty();
    assertThat(Catalog.of(lake).find(ID)).contains(table);
  }

  @Test
  void dropsAViewWithItsHistory() {
    views.create(view("sales.daily", "SELECT 1"), Existing.REFUSE);
    views.create(view("sales.daily", "SELECT 2"), Existing.REPLACE);
    views.drop(ID);

    assertThat(views.find(ID)).isEmpty();
    assertThatThrownBy(() -> views.drop(ID))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("sales.daily: there is no such view that you may see");
    views.create(view("sales.daily", "SELECT 3"), Existing.REFUSE);
    assertThat(views.versions(ID)).extracting(v -> v.view().sql()).containsExactly("SELECT 3");
  }

  @Test
  void changesNeedWriteAndListsShowWhatIsGranted() {
    views.create(view("sales.daily", "SELECT 1"), Existing.REFUSE);
    views.create(view("sales.hidden", "SELECT 1"), Existing.REFUSE);
    Security.of(lake).grant(Grant.select("id").on("sales.daily").to(READER));
    Views theirs = Views.of(lake.as(READER));

    assertThat(theirs.list()).extracting(v -> v.id().table()).containsExactly("daily");
    assertThat(theirs.versions(ID)).hasSize(1);
    DatasetId hidden = DatasetId.parse("sales.hidden");
    assertThatThrownBy(() -> theirs.versions(hidden)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> theirs.drop(hidden)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> theirs.drop(ID)).isInstanceOf(AccessDeniedException.class);
    assertThatThrownBy(() -> theirs.create(view("sales.mine", "SELECT 1"), Existing.REFUSE))
        .isInstanceOf(AccessDeniedException.class);

    Security.of(lake).grant(Grant.write().on(View.ZONE).to(READER));
    theirs.create(view("sales.mine", "SELECT 1"), Existing.REFUSE);
    theirs.drop(hidden);
    assertThat(views.find(hidden)).isEqualTo(Optional.empty());
    assertThat(views.versions(DatasetId.parse("sales.mine")).get(0).by()).isEqualTo(READER);
  }
}
