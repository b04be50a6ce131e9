package io.lakesdk.query.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.Content;
import io.lakesdk.schema.DataType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Lines of text that a pattern takes apart. */
class LogFilesTest extends FilesFixture {

  LogFilesTest() {
    super("web");
  }

  private static Dataset.Builder lines(Format format) {
    return Dataset.named("web.lines").in(Zone.RAW).format(format);
  }

  @Nested
  class OfRegularExpressions {

    @Test
    void haveTheirGroupsAsColumns() {
      Dataset dataset =
          lines(Format.regex("(\\S+) (\\S+) \\[(.*)\\] (\\d+|-)( extra)?"))
              .column("host", DataType.STRING)
              .column("day", DataType.DATE)
              .column("request", DataType.parse("varchar(3)"))
              .column("bytes", DataType.INT)
              .column("extra", DataType.STRING)
              .column("beyond", DataType.INT)
              .build();
      Content.land(
          lake,
          dataset,
          "a.log",
          """
          h1 2024-02-29 [GET /] 12\r
          h2 2024-02-30 [PUT] - extra
          no match

          h5 2024-01-01 [] 99999999999 extra, and more
          h6 2024-01-01 [x] 6""");

      assertThat(values("SELECT * FROM lines ORDER BY host NULLS LAST"))
          .containsExactly(
              "[h1, 2024-02-29, GET, 12, null, null]",
              "[h2, null, PUT, null,  extra, null]",
              "[h6, 2024-01-01, x, 6, null, null]",
              "[null, null, null, null, null, null]",
              "[null, null, null, null, null, null]",
              "[null, null, null, null, null, null]");
      assertThat(values("SELECT count(*) AS n FROM lines")).containsExactly("[6]");
      assertThat(values("SELECT bytes FROM lines WHERE bytes > 7")).containsExactly("[12]");
    }

    @Test
    void mayIgnoreCase() {
      Format format = new Format.Regex("(get|put) .*", Format.LetterCase.IGNORED, 0);
      Dataset dataset = lines(format).column("verb", DataType.STRING).build();
      Content.land(lake, dataset, "a.log", "GET /\nPut /\nHEAD /\n");
      assertThat(values("SELECT verb FROM lines WHERE verb IS NOT NULL ORDER BY verb"))
          .containsExactly("[GET]", "[Put]");
    }

    @Test
    void mayBeCompressedAndPartitioned() {
      Dataset dataset =
          lines(Format.regex("([0-9]+),(.*)"))
              .column("id", DataType.BIGINT)
              .column("name", DataType.STRING)
              .partitionedBy("part", DataType.STRING)
              .build();
      for (String ending : List.of("gz", "bz2", "zst", "snappy", "lz4")) {
        Content.land(
            lake,
            dataset,
            Content.partition("part", ending),
            Map.of("a.log." + ending, TestFiles.read("people.csv." + ending)));
      }
      assertThat(
              values(
                  "SELECT part, count(*), count(id), sum(id), max(name) FROM lines"
                      + " GROUP BY part ORDER BY part"))
          .containsExactly(
              "[bz2, 1001, 1000, 499500, name 999]",
              "[gz, 1001, 1000, 499500, name 999]",
              "[lz4, 1001, 1000, 499500, name 999]",
              "[snappy, 1001, 1000, 499500, name 999]",
              "[zst, 1001, 1000, 499500, name 999]");
    }

    @Test
    void thatTakeTooLongAreRefusedWithTheLine() {
      Dataset dataset = lines(Format.regex("(x+)+\\1y")).column("id", DataType.STRING).build();
      Content.land(lake, dataset, "a.log", "xxy\n" + "x".repeat(40) + "\n");
      refused("line 2: the dataset's pattern takes too long for it; simplify the pattern");
    }

    @Test
    void thatAreTooLongAreRefused() {
      Dataset dataset = lines(Format.regex("(.*)")).column("id", DataType.STRING).build();
      Content.land(lake, dataset, "a.log", "x\n" + "x".repeat(1 << 20) + "xy\n");
      refused("line 2: it is longer than 1,048,576 bytes");
    }

    @Test
    void thatAreCutOffAreRefused() {
      Dataset dataset = lines(Format.regex("(.*)")).column("id", DataType.STRING).build();
      byte[] whole = TestFiles.read("people.csv.gz");
      Content.land(lake, dataset, "a.log.gz", java.util.Arrays.copyOf(whole, 2000));
      refused("it is named .gz and is not a whole file of gzip");
    }

    @Test
    void inAnotherEncodingHaveReplacements() {
      Dataset dataset = lines(Format.regex("(.*)")).column("id", DataType.STRING).build();
      Content.land(lake, dataset, "a.log", "\u00fc".getBytes(ISO_8859_1));
      assertThat(values("SELECT id FROM lines")).containsExactly("[\uFFFD]");
    }

    @Test
    void haveNoNestedColumns() {
      Dataset dataset =
          lines(Format.regex("(.*)")).column("id", DataType.parse("array<int>")).build();
      Content.land(lake, dataset, "a.log", "x");
      assertThatThrownBy(() -> values("SELECT id FROM lines"))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage(
              "Cannot read dataset web.lines: its column id is array<int>, which a part of a line"
                  + " cannot hold");
    }

    @Test
    void thatAreNoneAreRefusedWhenDefined() {
      assertThatThrownBy(() -> Format.regex("(hunter2"))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage(
              "Cannot define option pattern: it is no regular expression of Java, because of what"
                  + " is at index 8");
    }
  }

  @Nested
  class OfGrok {

    @Test
    void haveWhatThePatternNames() {
      Format format =
          Format.grok(
              "^%{IPV4:client_ip} %{DATA:client_id} %{USERNAME:user_id} %{GREEDYDATA:received}"
                  + " %{QUOTEDSTRING:request} %{DATA:status} %{DATA: size}$");
      Dataset dataset =
          lines(format)
              .column("status", DataType.INT)
              .column("client_ip", DataType.STRING)
              .column("request", DataType.STRING)
              .column("size", DataType.BIGINT)
              .build();
      Content.land(
          lake,
          dataset,
          "a.log",
          """
          198.51.100.7 Li carlos [16/Aug/2024:10:05:33 -0400] "GET /a HTTP/1.1" 304 0
          nothing of the kind
          """);
      assertThat(values("SELECT * FROM lines ORDER BY status NULLS LAST"))
          .containsExactly(
              "[304, 198.51.100.7, \"GET /a HTTP/1.1\", 0]", "[null, null, null, null]");
    }

    @Test
    void mayUsePatternsOfTheirOwn() {
      Format format =
          new Format.Grok(
              "%{SYSLOGBASE} %{POSTFIX_QUEUEID:queue_id}: %{GREEDYDATA:syslog_message}",
              "POSTFIX_QUEUEID [0-9A-F]{7,12}", 0);
      Dataset dataset =
          lines(format)
              .column("syslogbase", DataType.STRING)
              .column("queue_id", DataType.STRING)
              .column("syslog_message", DataType.STRING)
              .build();
      Content.land(
          lake,
          dataset,
          "a.log",
          "Feb  9 07:15:00 m4eastmail postfix/cleanup[19305]: BEF25A72965: message-id=<x@y.org>\n");
      assertThat(values("SELECT * FROM lines"))
          .containsExactly(
              "[Feb  9 07:15:00 m4eastmail postfix/cleanup[19305]:, BEF25A72965,"
                  + " message-id=<x@y.org>]");
    }

    @Test
    void goByOrderWhereThePatternNamesColumnsOtherwise() {
      Dataset dataset =
          lines(Format.grok("%{WORD:one:string} %{INT:two:int} %{WORD}"))
              .column("first", DataType.STRING)
              .column("second", DataType.INT)
              .column("third", DataType.STRING)
              .build();
      Content.land(lake, dataset, "a.log", "before, abc 12 def, after\n");
      assertThat(values("SELECT * FROM lines")).containsExactly("[abc, 12, null]");
    }

    @Test
    void ofUnknownPatternsAreRefused() {
      for (Format format :
          List.of(
              Format.grok("%{NOSUCHTHING:a}"),
              Format.grok("%{WORD:a} ("),
              new Format.Grok("%{A:a}", "A %{A}", 0))) {
        try (Lake other = Lake.inMemory()) {
          Dataset dataset = lines(format).column("a", DataType.STRING).build();
          Content.land(other, dataset, "a.log", "x\n");
          assertThatThrownBy(() -> Content.rows(other, dataset))
              .isInstanceOf(InvalidDefinitionException.class)
              .hasMessageStartingWith(
                  "Cannot read dataset web.lines: its Grok pattern is not well-formed");
        }
      }
    }
  }

  private void refused(String reason) {
    assertThatThrownBy(() -> values("SELECT id FROM lines"))
        .isInstanceOf(BadDataException.class)
        .hasMessageStartingWith("Cannot read object raw/web/lines/")
        .hasMessageContaining("a.log")
        .hasMessageEndingWith(reason)
        .hasNoCause();
  }
}
