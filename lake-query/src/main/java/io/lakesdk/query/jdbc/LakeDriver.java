package io.lakesdk.query.jdbc;

import io.lakesdk.Lake;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.jdbc.result.JdbcErrors;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLWarning;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The JDBC driver of lakes, which {@link DriverManager} finds by itself. URLs are
 *
 * <ul>
 *   <li>{@code jdbc:lake:/path/to/my-lake}, the lake in that folder, which must be there. The
 *       driver opens it once for all connections and closes it with the last of them.
 *   <li>{@code jdbc:lake:@name}, a lake that this JVM has open and {@link #register registered}:
 *       one in memory, on AWS, or with options. Closing connections does not close it.
 * </ul>
 *
 * <p>Settings follow as {@code ;key=value}, or come as properties: {@code user}; {@code database},
 * where unqualified names are looked up, {@code default} unless told otherwise; and {@code
 * workgroup}, in which statements run, {@code primary} unless told otherwise.
 *
 * <p>The user is the lake's principal: {@code ada} is a user, {@code role analyst}, or {@code
 * role:analyst}, is a role. Without one a connection is the administrator, as whoever opens a lake
 * is, or the principal whose view was registered. Principals are names, and passwords are not
 * looked at: whoever can open the folder, or runs code in this JVM, can be anybody. Everybody but
 * the administrator sees what was granted and nothing more. The driver does not know lake-security,
 * which keeps the grants; so a user of a folder is refused until the application has said {@code
 * LakeDriver.prepareWith(Security::of)}.
 */
public final class LakeDriver implements Driver {

  static final int MAJOR = 0;
  static final int MINOR = 1;

  /** What the process's {@link DriverManager} leads to, which is of the process as well. */
  private static final OpenLakes LAKES = new OpenLakes();

  static {
    try {
      DriverManager.registerDriver(new LakeDriver());
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final OpenLakes lakes;

  /** What {@link DriverManager} and tools that name the driver's class make. */
  public LakeDriver() {
    this(LAKES);
  }

  LakeDriver(OpenLakes lakes) {
    this.lakes = lakes;
  }

  /** A lake that is known by a name, until this is closed. */
  public interface Registration extends AutoCloseable {

    /** The URL that leads to it. */
    String url();

    /** Forgets the name. Connections that are open stay so, and so does the lake. */
    @Override
    void close();
  }

  /**
   * Makes an open lake known as {@code jdbc:lake:@name} in this JVM.
   *
   * @param name 1 to 128 letters, digits or any of {@code _ . -}
   * @param lake the administrator's, for connections of any user; or the view of a principal, for
   *     those of that principal alone
   * @throws AlreadyExistsException if a lake is registered under that name
   * @throws InvalidDefinitionException if it cannot be a name
   */
  public static Registration register(String name, Lake lake) {
    Runnable takeBack = LAKES.register(name, lake);
    return new Registration() {
      @Override
      public String url() {
        return LakeUrl.PREFIX + "@" + name;
      }

      @Override
      public void close() {
        takeBack.run();
      }
    };
  }

  /**
   * Has this done to every lake that the driver opens by its folder from now on, before anybody
   * sees it. {@code prepareWith(Security::of)} puts the grants that are kept in it in force, so
   * that users may connect.
   */
  public static void prepareWith(Consumer<Lake> preparation) {
    LAKES.prepareWith(preparation);
  }

  @Override
  public boolean acceptsURL(String url) {
    return LakeUrl.isOne(url);
  }

  @Override
  public @Nullable Connection connect(String url, @Nullable Properties info) throws SQLException {
    if (!acceptsURL(url)) {
      return null;
    }
    LakeUrl parsed = LakeUrl.parse(url, info == null ? new Properties() : info);
    OpenLakes.Lease lease = lakes.lease(parsed);
    try {
      return connect(parsed, lease);
    } catch (SQLException | RuntimeException e) {
      lease.end().run();
      throw e;
    }
  }

  private static LakeConnection connect(LakeUrl url, OpenLakes.Lease lease) throws SQLException {
    Optional<String> user = url.setting(LakeUrl.USER);
    Lake view = Principals.view(lease.lake(), user);
    if (!view.principal().isAdministrator() && !lease.prepared()) {
      throw JdbcErrors.noPrincipal(
          "Cannot connect to "
              + url.place()
              + " as "
              + view.principal()
              + ": no grants are in force in a lake that the driver opens; call"
              + " LakeDriver.prepareWith(Security::of) of lake-security before, or register an open"
              + " lake");
    }
    LakeConnection connection =
        new LakeConnection(
            view,
            LakeUrl.PREFIX + url.place(),
            url.setting(LakeUrl.DATABASE).orElse(LakeDataSource.DEFAULT_DATABASE),
            url.setting(LakeUrl.WORKGROUP),
            lease.end());
    if (url.setting(LakeUrl.PASSWORD).isPresent()) {
      connection.warn(
          new SQLWarning("The password is not looked at; principals are names", "01000"));
    }
    for (String key : url.unknown()) {
      connection.warn(new SQLWarning("The property " + key + " means nothing here", "01S00"));
    }
    return connection;
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
    DriverPropertyInfo user = new DriverPropertyInfo(LakeUrl.USER, info.getProperty(LakeUrl.USER));
    user.description = "the principal, as in ada or role:analyst; the administrator without one";
    DriverPropertyInfo database =
        new DriverPropertyInfo(
            LakeUrl.DATABASE, info.getProperty(LakeUrl.DATABASE, LakeDataSource.DEFAULT_DATABASE));
    database.description = "where names without a database are looked up";
    DriverPropertyInfo workgroup =
        new DriverPropertyInfo(LakeUrl.WORKGROUP, info.getProperty(LakeUrl.WORKGROUP));
    workgroup.description = "in which statements run; primary without one";
    return new DriverPropertyInfo[] {user, database, workgroup};
  }

  @Override
  public int getMajorVersion() {
    return MAJOR;
  }

  @Override
  public int getMinorVersion() {
    return MINOR;
  }

  /** Not compliant: JDBC asks for all of SQL-92's entry level, with UPDATE and DELETE. */
  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw LakeDataSource.noLogger();
  }
}
