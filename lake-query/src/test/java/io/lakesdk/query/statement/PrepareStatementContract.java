package io.lakesdk.query.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.query.Query;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PREPARE, EXECUTE, EXECUTE IMMEDIATE and DEALLOCATE PREPARE. */
abstract class PrepareStatementContract extends ShowStatementContract {

  @Nested
  class Prepared {

    @Test
    void runsWithItsValuesInOrder() {
      assertThat(
              run(
                  "PREPARE Cheap FROM SELECT id FROM orders WHERE amount < ? AND country = ? ORDER BY id"))
          .isEmpty();

      assertThat(run("EXECUTE cheap USING 15, 'de'")).containsExactly(List.of(1L));
      assertThat(run("EXECUTE cheap USING DECIMAL '10' * 3, concat('d', 'e')"))
          .containsExactly(List.of(1L), List.of(2L));
      assertThat(run("EXECUTE cheap USING NULL, 'de'")).isEmpty();
      assertThat(run("EXECUTE cheap USING 15, 'de'' OR 1 = 1 --'")).isEmpty();
      assertThat(
              run(lake, Query.sql("EXECUTE cheap USING :most, 'de'").in("sales").bind("most", 15)))
          .containsExactly(List.of(1L));
    }

    @Test
    void isReplacedAndForgotten() {
      run("PREPARE p FROM SELECT 1");
      run("PREPARE p FROM SELECT 2;");
      assertThat(run("EXECUTE p")).containsExactly(List.of(2));
      run("DEALLOCATE PREPARE P");
      assertThat(failure("EXECUTE p", NotFoundException.class))
          .isEqualTo("Cannot find query p: it was not prepared here; PREPARE it first");
      failure("DEALLOCATE PREPARE p", NotFoundException.class);
    }

    @Test
    void writesToo() {
      run("PREPARE add FROM INSERT INTO orders (id, country) VALUES (?, ?), (?, 'x')");
      run("EXECUTE add USING 10, 'a', 11");
      run("EXECUTE IMMEDIATE 'CREATE TABLE t AS SELECT ? AS x' USING 7");
      assertThat(run("SELECT id, country FROM orders WHERE id > 9 ORDER BY 1"))
          .containsExactly(List.of(10L, "a"), List.of(11L, "x"));
      assertThat(run("SELECT x FROM t")).containsExactly(List.of(7));
    }

    @Test
    void isOfOnePrincipalAndAuthorisedWhenItRuns() {
      Principal reader = Principal.role("reader");
      Security.of(lake).grant(Grant.select("id").on("sales.orders").to(reader));
      Lake view = lake.as(reader);
      run("PREPARE p FROM SELECT amount FROM orders");

      failure(view, "EXECUTE p", NotFoundException.class);
      run(view, "PREPARE p FROM SELECT amount FROM orders");
      failure(view, "EXECUTE p", AccessDeniedException.class);
      failure(view, "EXECUTE IMMEDIATE 'SELECT amount FROM orders'", AccessDeniedException.class);
      assertThat(run("EXECUTE p")).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            PREPARE p SELECT 1 | there is 'SELECT' where FROM is expected
            PREPARE p FROM | mismatched input
            PREPARE p FROM SELECT :x | parameters of a prepared statement are written ?, not :name
            PREPARE p FROM DROP TABLE orders | DROP TABLE is not supported
            PREPARE p FROM EXECUTE q | only a query, INSERT INTO, CREATE TABLE AS or UNLOAD can be prepared
            PREPARE p FROM SELECT 1; SELECT 2 | only one statement can be prepared at a time
            EXECUTE IMMEDIATE 'SELECT ?' | Incorrect number of parameters: expected 1 but found 0
            EXECUTE IMMEDIATE 'SELECT 1' USING 1 | Incorrect number of parameters: expected 0 but found 1
            EXECUTE IMMEDIATE 'SELECT ?' USING id | cannot be resolved
            EXECUTE IMMEDIATE 'SELECT ?' USING (SELECT 1) | values of parameters cannot contain aggregations, windows or subqueries
            EXECUTE IMMEDIATE 'EXECUTE IMMEDIATE ''SELECT 1''' | only a query, INSERT INTO, CREATE TABLE AS or UNLOAD
            EXECUTE IMMEDIATE 'SELECT 1; SELECT 2' | only one statement can be run at a time
            SELECT ? | the parameter 1 has no value
            """)
    void refusesWhatIsWrong(String sql, String message) {
      assertThat(failure(sql, InvalidDefinitionException.class)).contains(message);
    }
  }
}
