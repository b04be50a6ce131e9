package io.lakesdk.query.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Workgroup;
import io.lakesdk.query.Workgroups;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a URL and a user become a connection to a lake. */
class DriverTest {

  private static final String COUNT = "SELECT count(*) FROM sales.orders";

  static long count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery(COUNT)) {
      assertThat(results.next()).isTrue();
      return results.getLong(1);
    }
  }

  /** Before the block that would do it. */
  static void end(AutoCloseable early) throws Exception {
    early.close();
  }

  static void refused(String url, String state, String message) {
    assertThatThrownBy(() -> DriverManager.getConnection(url).close())
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state))
        .hasMessageContaining(message);
  }

  @Nested
  class AFolder {

    @TempDir Path temporary;
    private Path folder;
    private String url;

    @BeforeEach
    void makeLake() {
      folder = temporary.resolve("my lake");
      url = "jdbc:lake:" + folder;
      try (Lake lake = Lake.at(folder)) {
        Shop.fill(lake, 3);
        Security.of(lake)
            .grant(Grant.select().on("sales.orders").where("country = 'de'").to(ada()));
      }
    }

    private static Principal ada() {
      return Principal.user("ada");
    }

    @Test
    void isOpenedOnceForAllConnectionsAndClosedWithTheLast() throws Exception {
      Lake first;
      try (Connection one = DriverManager.getConnection(url);
          Connection other = DriverManager.getConnection(url + "/../my lake;database=sales")) {
        first = one.unwrap(Lake.class);
        end(one);
        end(one);
        assertThat(count(other)).isEqualTo(4);
        assertThat(other.getSchema()).isEqualTo("sales");
        assertThat(other.unwrap(Lake.class).backend()).isSameAs(first.backend());
      }
      assertThatThrownBy(() -> first.shared(AutoCloseable.class, () -> () -> {}))
          .hasMessageContaining("it was closed");
      try (Connection again = DriverManager.getConnection(url)) {
        assertThat(count(again)).isEqualTo(4);
        assertThat(again.unwrap(Lake.class).backend()).isNotSameAs(first.backend());
      }
    }

    @Test
    void thatHoldsNoLakeStaysAsItIs() throws Exception {
      refused("jdbc:lake:" + temporary, "08001", "There is no lake at " + temporary);
      refused("jdbc:lake:" + temporary.resolve("absent"), "08001", "no such folder");
      refused("jdbc:lake:a\0b", "08001", "no such folder");
      try (var files = Files.list(temporary)) {
        assertThat(files).containsExactly(folder);
      }
    }

    @Test
    void isSeenByUsersOnceGrantsAreInForce() throws Exception {
      LakeDriver driver = new LakeDriver(new OpenLakes());
      Properties user = new Properties();
      user.setProperty("user", "ada");
      assertThatThrownBy(() -> driver.connect(url, user))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28000"))
          .hasMessageContaining("as user ada: no grants are in force")
          .hasMessageContaining("LakeDriver.prepareWith(Security::of)");

      OpenLakes prepared = new OpenLakes();
      prepared.prepareWith(Security::of);
      LakeDriver withGrants = new LakeDriver(prepared);
      try (Connection connection = withGrants.connect(url, user);
          Connection other = withGrants.connect(url + ";user=role:ada", new Properties())) {
        assertThat(count(connection)).isEqualTo(2);
        assertThatThrownBy(() -> count(other))
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"))
            .hasMessageContaining("role ada");
      }
    }

    @Test
    void thatCannotBePreparedIsClosedAgain() throws Exception {
      OpenLakes failing = new OpenLakes();
      List<Lake> opened = new ArrayList<>();
      failing.prepareWith(
          lake -> {
            opened.add(lake);
            throw new IllegalStateException("not today");
          });
      assertThatThrownBy(() -> new LakeDriver(failing).connect(url, new Properties()))
          .hasMessage("not today");
      assertThatThrownBy(() -> opened.get(0).shared(AutoCloseable.class, () -> () -> {}))
          .hasMessageContaining("it was closed");
    }
  }

  @Nested
  class ARegisteredLake {

    private Lake lake;

    @BeforeEach
    void openLake() {
      lake = Lake.inMemory();
      Shop.fill(lake, 3);
    }

    @AfterEach
    void closeLake() {
      lake.close();
    }

    @Test
    void isReachedByItsNameUntilThatIsTakenBack() throws Exception {
      try (LakeDriver.Registration shop = LakeDriver.register("shop", lake)) {
        assertThat(shop.url()).isEqualTo("jdbc:lake:@shop");
        try (Connection connection = DriverManager.getConnection(shop.url())) {
          assertThat(count(connection)).isEqualTo(4);
        }
        try (Connection again = DriverManager.getConnection(shop.url())) {
          assertThat(count(again)).isEqualTo(4);
          end(shop);
          assertThat(count(again)).isEqualTo(4);
        }
        refused("jdbc:lake:@shop", "08001", "No lake is registered as @shop");
      }
    }

    @Test
    void hasANameOfItsOwn() {
      try (LakeDriver.Registration shop = LakeDriver.register("shop.1", lake)) {
        assertThatThrownBy(() -> LakeDriver.register("shop.1", lake))
            .isInstanceOf(AlreadyExistsException.class)
            .hasMessageContaining("@shop.1");
        assertThat(shop.url()).endsWith("@shop.1");
      }
      assertThatThrownBy(() -> LakeDriver.register("a;b", lake))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining("1 to 128 letters");
    }

    @Test
    void isDeniedToEverybodyWhoWasGrantedNothing() throws Exception {
      try (LakeDriver.Registration shop = LakeDriver.register("shop", lake);
          Connection ada = DriverManager.getConnection(shop.url(), "role analyst", "")) {
        assertThat(ada.getMetaData().getUserName()).isEqualTo("role analyst");
        assertThat(ada.getMetaData().getTables(null, null, null, null).next()).isFalse();
        assertThatThrownBy(() -> count(ada)).hasMessageContaining("role analyst may see nothing");

        Security.of(lake)
            .grant(Grant.select("id").on("sales.orders").to(Principal.role("analyst")));
        assertThat(count(ada)).isEqualTo(4);
      }
    }

    @Test
    void thatIsAViewIsForItsPrincipalAlone() throws Exception {
      Security.of(lake).grant(Grant.select().on("sales.orders").to(Principal.user("ada")));
      try (LakeDriver.Registration shop =
          LakeDriver.register("view", lake.as(Principal.user("ada")))) {
        try (Connection connection = DriverManager.getConnection(shop.url());
            Connection same = DriverManager.getConnection(shop.url(), "ada", null)) {
          assertThat(connection.getMetaData().getUserName()).isEqualTo("user ada");
          assertThat(count(same)).isEqualTo(4);
        }
        refused(shop.url() + ";user=administrator", "28000", "may not act as administrator");
        refused(shop.url() + ";user=bob", "28000", "user ada may not act as user bob");
      }
    }

    @Test
    void givesConnectionsThroughADataSource() throws Exception {
      LakeDataSource source = LakeDataSource.of(lake).in("sales");
      try (Connection connection = source.getConnection();
          Statement statement = connection.createStatement();
          ResultSet results = statement.executeQuery("SELECT max(id) FROM orders")) {
        assertThat(results.next()).isTrue();
        assertThat(results.getLong(1)).isEqualTo(4);
      }
      try (Connection bob = source.getConnection("bob", "whatever")) {
        assertThatThrownBy(() -> count(bob)).hasMessageContaining("user bob may see nothing");
      }
      assertThat(source.unwrap(LakeDataSource.class)).isSameAs(source);
      assertThatThrownBy(source::getParentLogger).hasMessageContaining("SLF4J");
    }

    @Test
    void runsStatementsInItsWorkgroup() throws Exception {
      Workgroups groups = QueryEngine.of(lake).workgroups();
      groups.register(Workgroup.named("tools"));
      try (Connection connection = LakeDataSource.of(lake).workgroup("tools").getConnection()) {
        assertThat(count(connection)).isEqualTo(4);
      }
      try (LakeDriver.Registration shop = LakeDriver.register("grouped", lake);
          Connection connection = DriverManager.getConnection(shop.url() + ";workgroup=tools")) {
        assertThat(count(connection)).isEqualTo(4);
        groups.register(Workgroup.named("tools").disabled());
        assertThatThrownBy(() -> count(connection)).hasMessageContaining("it is disabled");
      }
      assertThat(groups.executions("tools", 10)).hasSize(2);
    }

    @Test
    void isValidUntilItIsClosed() throws Exception {
      Connection connection = LakeDataSource.of(lake).getConnection();
      assertThat(connection.isValid(1)).isTrue();
      lake.close();
      assertThat(connection.isValid(1)).isFalse();
      assertThatThrownBy(() -> count(connection))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
      connection.close();
      assertThat(connection.isValid(1)).isFalse();
    }
  }

  @Nested
  class AUrl {

    @Test
    void thatIsOfAnotherDriverIsLeftToIt() throws Exception {
      assertThat(new LakeDriver().connect("jdbc:other:x", new Properties())).isNull();
      assertThat(new LakeDriver().acceptsURL("jdbc:lakes:x")).isFalse();
      assertThat(DriverManager.getDriver("jdbc:lake:x").jdbcCompliant()).isFalse();
    }

    @Test
    void saysWhatIsWrongWithIt() {
      refused("jdbc:lake:", "08001", "The URL names no lake");
      refused("jdbc:lake:@", "08001", "The URL names no lake");
      refused("jdbc:lake:x;schema=y", "08001", "a setting 'schema' that is not known");
      refused("jdbc:lake:x;database", "08001", "a setting 'database' that is not known");
      refused("jdbc:lake:x;user=a;USER=b", "08001", "The URL says USER twice");
      assertThatThrownBy(() -> DriverManager.getConnection("jdbc:lake:x;user=a", "b", ""))
          .hasMessageContaining("The URL says user, and so do the properties");
    }

    @Test
    void hasAUserThatIsAPrincipal() throws Exception {
      assertThat(Principals.of("ada")).isEqualTo(Principal.user("ada"));
      assertThat(Principals.of("user ada")).isEqualTo(Principal.user("ada"));
      assertThat(Principals.of("user:ada")).isEqualTo(Principal.user("ada"));
      assertThat(Principals.of(" role analyst ")).isEqualTo(Principal.role("analyst"));
      assertThat(Principals.of("role:analyst")).isEqualTo(Principal.role("analyst"));
      assertThat(Principals.of("administrator")).isEqualTo(Principal.ADMINISTRATOR);
      assertThatThrownBy(() -> Principals.of("group:x"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28000"))
          .hasMessageContaining("principal group:x");
    }

    @Test
    void warnsOfWhatIsNotLookedAt() throws Exception {
      try (Lake lake = Lake.inMemory();
          LakeDriver.Registration empty = LakeDriver.register("empty", lake)) {
        Properties properties = new Properties();
        properties.setProperty("password", "secret");
        properties.setProperty("ssl", "true");
        try (Connection connection = DriverManager.getConnection(empty.url(), properties)) {
          assertThat(connection.getWarnings().getMessage())
              .isEqualTo("The password is not looked at; principals are names");
          assertThat(connection.getWarnings().getNextWarning().getMessage())
              .isEqualTo("The property ssl means nothing here");
          connection.clearWarnings();
          assertThat((Object) connection.getWarnings()).isNull();
        }
      }
    }
  }
}
