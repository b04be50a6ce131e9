package io.lakesdk.query.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Lake;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrencyTest {

  private static final int THREADS = 8;

  @TempDir Path folder;

  /** The lake is opened and closed over and over, while others use it. */
  @Test
  void threadsComeAndGoWithConnectionsOfTheirOwn() throws Exception {
    try (Lake lake = Lake.at(folder)) {
      Shop.fill(lake, 50);
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      CyclicBarrier together = new CyclicBarrier(THREADS);
      List<Callable<Long>> work = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int n = thread;
        work.add(
            () -> {
              together.await();
              long found = 0;
              for (int i = 0; i < 6; i++) {
                try (Connection connection = DriverManager.getConnection("jdbc:lake:" + folder);
                    PreparedStatement query =
                        connection.prepareStatement(
                            "SELECT count(*) FROM math_x.numbers WHERE n < ?")) {
                  query.setInt(1, n);
                  ResultSet results = query.executeQuery();
                  assertThat(results.next()).isTrue();
                  found += results.getLong(1);
                }
              }
              return found;
            });
      }
      long n = 0;
      for (Future<Long> found : threads.invokeAll(work)) {
        assertThat(found.get()).isEqualTo(6 * n);
        n++;
      }
    } finally {
      threads.shutdownNow();
    }
    Connection last = DriverManager.getConnection("jdbc:lake:" + folder);
    Lake opened = last.unwrap(Lake.class);
    last.close();
    assertThatThrownBy(() -> opened.shared(AutoCloseable.class, () -> () -> {}))
        .hasMessageContaining("it was closed");
  }
}
