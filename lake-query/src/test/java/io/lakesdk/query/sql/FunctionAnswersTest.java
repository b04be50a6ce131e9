package io.lakesdk.query.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.error.InvalidDefinitionException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions with the answers that Trino's documentation gives, or that follow from it. */
class FunctionAnswersTest {

  private static DuckRunner duck;

  private final Translator translator =
      new Translator(
          (database, table) -> Optional.empty(),
          "default",
          Clock.fixed(Instant.parse("2024-05-06T07:08:09Z"), ZoneOffset.UTC));

  @BeforeAll
  static void open() {
    duck = new DuckRunner();
  }

  @AfterAll
  static void close() throws SQLException {
    duck.close();
  }

  private List<Object> row(String sql) throws SQLException {
    return duck.rows(translator.translate(sql, Map.of())).get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        // Words, encodings, URLs.
        "levenshtein_distance('', 'abc') ~ 3",
        "levenshtein_distance('日本', '日木') ~ 1",
        "soundex('Tymczak') ~ T522",
        "soundex('Pfister') ~ P236",
        "word_stem('happily') ~ happili",
        "luhn_check('79927398713') ~ true",
        "luhn_check('79927398714') ~ false",
        "to_hex(xxhash64(to_utf8(''))) ~ EF46DB3751D8E999",
        "crc32(to_utf8('123456789')) ~ 3421780262",
        "to_base32(to_utf8('foobar')) ~ MZXW6YTBOI======",
        "url_extract_parameter('http://e.com/?a=1&b=x%20y', 'b') ~ x y",
        "url_extract_port('http://e.com:8080/p') ~ 8080",
        "url_extract_fragment('http://e.com/p') ~ ``",
        "url_extract_host('::not a url::') ~ null",
        // Regular expressions.
        "regexp_extract_all('1a 2b 14m', '(\\d+)([a-z]+)?', 2) ~ [a, b, m]",
        "regexp_extract('ab', '(x)?b', 1) ~ null",
        "regexp_replace('new york', '(\\w)(\\w*)', x -> upper(x[1]) || lower(x[2])) ~ New York",
        "regexp_position('9102, say good bye', '\\s*[a-z]+\\s*', 1, 2) ~ 11",
        "regexp_like('foobar', 'foo(?=bar)') ~ true",
        "regexp_split('a1b2c', '\\d') ~ [a, b, c]",
        // Formats.
        "format('%s %s', null, decimal '1.50') ~ null 1.50",
        "format('%,.2f', 1234567.89) ~ 1,234,567.89",
        "format_number(999) ~ 999",
        "format_number(-1234567) ~ -1.23M",
        "human_readable_seconds(3762) ~ 1 hour, 2 minutes, 42 seconds",
        "parse_data_size('2.3MB') ~ 2411724",
        "parse_duration('3.81 d') ~ 3 19:26:24.000",
        // Distributions.
        "round(normal_cdf(0, 1, 1.96), 6) ~ 0.975002",
        "round(inverse_normal_cdf(0, 1, 0.975), 6) ~ 1.959964",
        "round(beta_cdf(3, 6, 0.5), 6) ~ 0.855469",
        "round(inverse_beta_cdf(3, 6, 0.85546875), 6) ~ 0.5",
        "round(t_cdf(1.0, 3), 6) ~ 0.804499",
        "width_bucket(5.3, 0.2, 10.6, 5) ~ 3",
        "width_bucket(5.3, array[0e0, 2e0, 4e0, 6e0]) ~ 3",
        // Bits.
        "bit_count(-7, 64) ~ 62",
        "bit_count(-7, 8) ~ 6",
        "bitwise_right_shift(tinyint '-8', 1) ~ 124",
        "bitwise_right_shift_arithmetic(-256, 10) ~ -1",
        "bitwise_left_shift(tinyint '-7', 2) ~ -28",
        // Arrays.
        "array_intersect(array[1, null, 2], array[null, 2, 3]) ~ [null, 2]",
        "arrays_overlap(array[1, null], array[2]) ~ null",
        "arrays_overlap(array[1, null], array[1]) ~ true",
        "combinations(array[1, 2, 3, 4], 2) ~ [[1, 2], [1, 3], [2, 3], [1, 4], [2, 4], [3, 4]]",
        "ngrams(array['a', 'b'], 3) ~ [[a, b]]",
        "slice(array[1, 2, 3, 4], -2, 5) ~ [3, 4]",
        "slice(array[1], 5, 1) ~ []",
        "trim_array(array[1, 2, 3], 2) ~ [1]",
        "contains_sequence(array[1, 2, 3], array[2, 3]) ~ true",
        "sequence(5, 1, -2) ~ [5, 3, 1]",
        "sequence(date '2024-01-31', date '2024-03-31', interval '1' month) ~ [2024-01-31, 2024-02-29, 2024-03-31]",
        "zip(array[1, 2], array['x']) ~ [[1, x], [2, null]]",
        "zip_with(array[1, 2], array['x'], (a, b) -> b) ~ [x, null]",
        "reduce(array[5, 20, null, 50], 0, (s, x) -> if(x is null, s, s + x), s -> s) ~ 75",
        "reduce(array[bigint '1', 2], 0, (s, x) -> s + x, s -> s) ~ 3",
        "reduce(array[], 7, (s, x) -> s, s -> s + 1) ~ 8",
        "array_sort(array[3, 2, 5, 1], (x, y) -> if(x < y, 1, if(x = y, 0, -1))) ~ [5, 3, 2, 1]",
        "any_match(array[1, null], x -> x > 1) ~ null",
        "all_match(array[], x -> false) ~ true",
        "none_match(array[1, 2], x -> x > 2) ~ true",
        // Maps.
        "map_filter(map(array[10, 20], array['a', null]), (k, v) -> v is not null) ~ {10=a}",
        "map_entries(map(array['a'], array[1])) ~ [[a, 1]]",
        "map_from_entries(array[row('a', 1)]) ~ {a=1}",
        "split_to_map('a=1;b=2', ';', '=') ~ {a=1, b=2}",
        // Comparison.
        "array[1, null] = array[1, 2] ~ null",
        "array[1, null] = array[2, null] ~ false",
        "row(1, null) = row(2, 3) ~ false",
        "array[array[1]] = array[array[1]] ~ true",
        "map(array[1, 2], array['a', null]) = map(array[2, 1], array['b', 'a']) ~ null",
        // JSON.
        "json_extract_scalar('{\"a b\": [true]}', '$[\"a b\"][0]') ~ true",
        "json_array_get('[1, [2, 3]]', -1) ~ [2,3]",
        "json_array_contains('[1.5, \"x\"]', 'x') ~ true",
        "json_size('{\"x\": [1, 2, 3]}', '$.x') ~ 3",
        "cast(array[1, null] as json) ~ [1,null]",
        "cast(map(array['b', 'a'], array[1, 2]) as json) ~ {\"a\":2,\"b\":1}",
        "cast(cast(row(1, 'x\"y') as row(a integer, b varchar)) as json) ~ {\"a\":1,\"b\":\"x\\\"y\"}",
        "cast(json '{\"A\": \"1\", \"b\": [1, 2.5]}' as row(a bigint, b array(double))) ~ [1, [1.0, 2.5]]",
        "json_value('{\"a\": [1, 2]}', 'lax $.a[last]' returning integer) ~ 2",
        "json_value('{\"a\": 1}', 'lax $.b' default 'none' on empty) ~ none",
        "json_query('{\"a\": [1, 2]}', 'lax $.a[*]' with array wrapper) ~ [1,2]",
        "json_exists('{\"a\": 1}', 'strict $.b') ~ false",
        "json_object('k' value null absent on null) ~ {}",
        // Times.
        "to_iso8601(from_iso8601_timestamp('2024-02-05T09:08:07+05:30')) ~ 2024-02-05T09:08:07.000+05:30",
        "hour(timestamp '2024-07-01 12:00:00 UTC' at time zone 'America/New_York') ~ 8",
        "cast(timestamp '2024-07-01 12:00:00.123 Europe/Paris' as varchar) ~ 2024-07-01 12:00:00.123 Europe/Paris",
        "date_add('day', 1, timestamp '2024-03-09 12:00:00 America/New_York') ~ 2024-03-10 12:00:00.000 America/New_York",
        "date_add('hour', 24, timestamp '2024-03-09 12:00:00 America/New_York') ~ 2024-03-10 13:00:00.000 America/New_York",
        "timestamp '2024-01-01 00:00:00 UTC' = timestamp '2024-01-01 01:00:00 Europe/Paris' ~ true",
        "timezone_minute(timestamp '2024-07-01 12:00:00 Asia/Kolkata') ~ 30",
        "format_datetime(timestamp '2024-02-05 21:08:07.123', 'yyyy-MM-dd''T''HH:mm:ss.SSS EEE h a') ~ 2024-02-05T21:08:07.123 Mon 9 PM",
        "parse_datetime('20240205', 'yyyyMMdd') ~ 2024-02-05 00:00:00.000 UTC",
        "parse_datetime('2024-02-05 10:00 +0200', 'yyyy-MM-dd HH:mm Z') ~ 2024-02-05 08:00:00.000 UTC",
        "hour(interval '50' hour) ~ 2"
      })
  void areTrinos(String expression, String answer) throws SQLException {
    assertThat(String.valueOf(row("SELECT " + expression).get(0))).isEqualTo(answer);
  }

  @Test
  void ofGroupsCollect() throws SQLException {
    String rows = " FROM (VALUES ('a', 1), ('b', 2), ('a', 7), (NULL, 3)) t(k, v)";
    assertThat(row("SELECT multimap_agg(k, v), histogram(k), map_agg(k, v)['a']" + rows))
        .isEqualTo(
            List.of(Map.of("a", List.of(1, 7), "b", List.of(2)), Map.of("a", 2L, "b", 1L), 1));
    assertThat(row("SELECT listagg(k, '-') WITHIN GROUP (ORDER BY v DESC), max_by(v, v, 2)" + rows))
        .isEqualTo(List.of("a-b-a", List.of(7, 3)));
    assertThat(row("SELECT reduce_agg(v, 0, (a, b) -> a + b, (a, b) -> a + b)" + rows))
        .containsExactly(13);
    assertThat(row("SELECT approx_percentile(v, 0.5), approx_most_frequent(1, k, 9)" + rows))
        .isEqualTo(List.of(3L, Map.of("a", 2L)));
    assertThat(
            row(
                "SELECT map_agg(k, v), histogram(k), approx_percentile(v, 0.5)"
                    + rows
                    + " WHERE false"))
        .containsExactly(null, null, null);
    assertThat(
            row(
                "SELECT k, transform(array_agg(v), e -> e + 1)"
                    + rows
                    + " WHERE k = 'b' GROUP BY k"))
        .isEqualTo(List.of("b", List.of(3)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "regexp_extract('abc', 'a', 1) ~ Pattern has 0 groups. Cannot access group 1",
        "regexp_like('abc', '(') ~ the regular expression is wrong",
        "from_base('z', 10) ~ Not a valid base-10 number",
        "to_base(1, 99) ~ Radix must be between 2 and 36",
        "json_parse('{secret') ~ Cannot convert value to JSON",
        "cast(json '\"secret\"' as integer) ~ Cannot cast a JSON value to INTEGER",
        "json_extract('{}', '$.a[') ~ Invalid JSON path",
        "bit_count(9, 1) ~ Bits specified in bit_count must be between 2 and 64",
        "hamming_distance('a', 'secret') ~ must have the same length",
        "parse_datetime('secret', 'yyyy') ~ a text does not fit the pattern",
        "from_iso8601_timestamp('secret') ~ a text is no ISO 8601 timestamp",
        "combinations(array[1], 6) ~ combination size must not exceed 5",
        "split('a', ',', 0) ~ Limit must be positive",
        "url_decode('%zz') ~ a text is not URL-encoded"
      })
  void failWithTheReasonAndWithoutTheValue(String expression, String reason) throws SQLException {
    assertThatThrownBy(() -> row("SELECT " + expression))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining(SqlErrors.RAISED)
        .hasMessageContaining(reason)
        .hasMessageNotContaining("secret");
    assertThat(row("SELECT TRY(" + expression + ")")).containsExactly((Object) null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "SELECT 1 + \"$json_path\"('a', 'b', 'c') ~ line 1:12: Function '$json_path' not registered",
        "SELECT lake_json_parse_varchar_x_('1') ~ Function 'lake_json_parse_varchar_x_' not registered",
        "SELECT reduce(array[1], 0, x -> x, s -> s) ~ Expected a lambda that takes 2 argument(s) but got 1",
        "SELECT max(x, y) FROM (VALUES (1, 2)) t(x, y) ~ must be a constant from 1 to 10000",
        "SELECT with_timezone(timestamp '2024-01-01 00:00:00', 'Nowhere/City') ~ 'Nowhere/City' is not a valid time zone",
        "SELECT hour(at_timezone(now(), z)) FROM (VALUES 'UTC') t(z) ~ say which one is meant with AT TIME ZONE",
        "SELECT year(if(true, now(), now() AT TIME ZONE 'Asia/Tokyo')) ~ say which one is meant with AT TIME ZONE",
        "SELECT DISTINCT x FROM (VALUES map(array[1], array[1])) t(x) ~ comparison of map(integer, integer) is not",
        "WITH RECURSIVE t(n) AS (SELECT 1 UNION SELECT n + 1 FROM t) SELECT n FROM t ~ base UNION ALL step",
        "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n FROM t) SELECT n FROM t ~ missing column aliases",
        "SELECT 1 FROM (VALUES 1) TABLESAMPLE BERNOULLI (101) ~ must be a constant between 0 and 100"
      })
  void areRefusedWithTheReason(String sql, String reason) {
    assertThatThrownBy(() -> translator.translate(sql, Map.of()))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void stopAfterTenStepsOfRecursion() throws SQLException {
    String counting =
        "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < %d)";
    assertThat(row(counting.formatted(11) + " SELECT sum(n) FROM t")).containsExactly(66L);
    assertThatThrownBy(() -> row(counting.formatted(12) + " SELECT sum(n) FROM t"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("RECURSION_DEPTH");
    assertThatThrownBy(
            () ->
                row("WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n FROM t) SELECT n FROM t"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("RECURSION_DEPTH");
  }

  /** Backtracking of this kind takes longer than the universe has been there. */
  @Test
  void ofRegularExpressionsEnd() {
    String text = "a".repeat(60) + "!";
    assertThatThrownBy(() -> row("SELECT regexp_like('" + text + "', '(a+)+\\1b')"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("takes too long");
  }

  @Test
  void inJavaAnswerSeveralThreadsAtOnce() throws Exception {
    String sql =
        "SELECT sum(levenshtein_distance(cast(a.x as varchar), cast(b.x as varchar)))"
            + " FROM UNNEST(sequence(1, 300)) a(x) CROSS JOIN UNNEST(sequence(1, 100)) b(x)";
    Translation translation = translator.translate(sql, Map.of());
    Object expected = duck.rows(translation).get(0).get(0);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Object> work =
          () -> {
            try (DuckRunner own = new DuckRunner()) {
              return own.rows(translation).get(0).get(0);
            }
          };
      for (Future<Object> answer : threads.invokeAll(List.of(work, work, work, work))) {
        assertThat(answer.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
