package io.lakesdk.query.federated;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A data source that notes which queries arrive and how many connections are out. */
final class Recorder {

  private final DataSource database;
  final List<String> statements = new CopyOnWriteArrayList<>();
  final List<Object> values = new CopyOnWriteArrayList<>();
  final AtomicInteger out = new AtomicInteger();

  Recorder(DataSource database) {
    this.database = database;
  }

  DataSource dataSource() {
    return proxy(
        DataSource.class,
        database,
        (name, arguments, result) -> {
          if (!(result instanceof Connection connection)) {
            return result;
          }
          out.incrementAndGet();
          return connection(connection);
        });
  }

  private Connection connection(Connection connection) {
    return proxy(
        Connection.class,
        connection,
        (name, arguments, result) -> {
          if (name.equals("close")) {
            out.decrementAndGet();
          }
          if (result instanceof PreparedStatement statement) {
            statements.add((String) arguments[0]);
            return proxy(
                PreparedStatement.class,
                statement,
                (method, given, answer) -> {
                  if (method.equals("setObject")) {
                    values.add(given[1]);
                  }
                  return answer;
                });
          }
          return result;
        });
  }

  private interface Seen {
    Object after(String name, Object[] arguments, Object result);
  }

  private static <T> T proxy(Class<T> type, T real, Seen seen) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return seen.after(method.getName(), arguments, method.invoke(real, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
