package io.lakesdk.catalog.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextKindTest {

  @ParameterizedTest
  @CsvSource({
    "0,INT",
    "-1,INT",
    "2147483647,INT",
    "-2147483648,INT",
    "2147483648,BIGINT",
    "9223372036854775807,BIGINT",
    "9223372036854775808,HUGE",
    "99999999999999999999999999999999999999,HUGE",
    "100000000000000000000000000000000000000,TOO_LARGE",
    "00501,LEADING_ZERO",
    "-007,LEADING_ZERO",
    "00.5,LEADING_ZERO",
    "0.5,DOUBLE",
    "-1.50,DOUBLE",
    "1e10,DOUBLE",
    "1.5E-3,DOUBLE",
    "1e999,TOO_LARGE",
    "1.,WORD",
    ".5,WORD",
    "1e,WORD",
    "+1,WORD",
    "-,WORD",
    "1_000,WORD",
    "0x10,WORD",
    "NaN,WORD",
    "true,BOOLEAN",
    "FALSE,BOOLEAN",
    "yes,WORD",
    "2001-01-31,DATE",
    "2001-02-30,NO_SUCH_DATE",
    "2001-13-01,NO_SUCH_DATE",
    "2001-00-10,NO_SUCH_DATE",
    "2000-02-29,DATE",
    "1900-02-29,NO_SUCH_DATE",
    "2001-1-31,WORD",
    "2001/01/31,WORD",
    "2001-01-31x,WORD",
    "2001-01-31 00:47,TIMESTAMP",
    "2001-01-31T00:47:59,TIMESTAMP",
    "2001-01-31 00:47:59.123456789,TIMESTAMP",
    "2001-01-31 00:47:59.,WORD",
    "2001-01-31 24:00,NO_SUCH_DATE",
    "2001-02-30 10:00,NO_SUCH_DATE",
    "2001-01-31T00:47:59Z,WITH_OFFSET",
    "2001-01-31T00:47:59+02:00,WITH_OFFSET",
    "2001-01-31 noon,WORD",
    "١٢٣,WORD"
  })
  void isTheNarrowest(String text, TextKind kind) {
    assertThat(TextKind.of(text)).isEqualTo(kind);
  }
}
