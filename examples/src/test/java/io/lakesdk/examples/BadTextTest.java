package io.lakesdk.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** CSV and JSON files that are malformed or hold values that cannot be. */
class BadTextTest extends BadInputFixture {

  @Nested
  class Csv {

    private static final String HEADER = "id,name,born,paid\n";

    private final Dataset raw = people(Format.CSV);

    private void refused(String name, byte[] bad, String reason) {
      refusedByReaders(raw, utf8(HEADER + "1,Ada,1815-12-10,9.99\n2,,,\n"), name, bad, reason);
    }

    private void refused(String name, String bad, String reason) {
      refused(name, utf8(bad), reason);
    }

    @Test
    void withTooManyValues() {
      refused(
          "ragged.csv",
          HEADER + "1,a,,\n2,hunter2,,,x\n",
          "in row 3 (the first line is row 1) the number of values is not the number of columns");
      refusedByCrawl(
          raw,
          "ragged.csv",
          "line 3 has 5 values where there are 4 columns; quote values that hold the delimiter ,");
    }

    @Test
    void aDelimiterAtTheEndOfALineIsPassedOver() {
      land(raw, "ends.csv", utf8(HEADER + "7,Ada,,,\n"));
      assertThat(query("SELECT id, name FROM crm.people")).containsExactly("[7, Ada]");
      refusedByCrawl(
          raw,
          "ends.csv",
          "line 2 has 5 values where there are 4 columns; quote values that hold the delimiter ,");
    }

    @Test
    void withTooFewValues() {
      refused(
          "short.csv",
          HEADER + "1,a,,\n2,hunter2\n",
          "in row 3 (the first line is row 1) the number of values is not the number of columns");
      refusedByCrawl(
          raw,
          "short.csv",
          "line 3 has 2 values where there are 4 columns; quote values that hold the delimiter ,");
    }

    @Test
    void withAnUnclosedQuote() {
      refused(
          "quote.csv",
          HEADER + "1,a,,\n2,\"hunter2,,\n3,b,,\n",
          "in row 3 (the first line is row 1) a quote is not closed, or text follows one that is");
      refusedByCrawl(
          raw,
          "quote.csv",
          "a quoted value of the record that starts at line 3 is not closed, or text follows its"
              + " closing quote");
    }

    @Test
    void inAnotherEncoding() {
      refused(
          "latin.csv",
          (HEADER + "1,hunter2 \u00fc,,\n").getBytes(StandardCharsets.ISO_8859_1),
          "in row 2 (the first line is row 1) the text is not UTF-8");
      refusedByCrawl(
          raw, "latin.csv", "line 2 is not UTF-8; convert the file to UTF-8 and land it again");
    }

    @Test
    void inUtf16() {
      refused(
          "wide.csv",
          (HEADER + "1,hunter2,,\n").getBytes(StandardCharsets.UTF_16),
          "its first line holds a NUL byte, so the file is no text");
      refusedByCrawl(
          raw,
          "wide.csv",
          "it is text in UTF-16; crawls read UTF-8 CSV, JSON, JSON Lines and Parquet");
    }

    @Test
    void withANulByte() {
      refused(
          "nul.csv",
          HEADER + "1,hunter2\0,,\n",
          "in row 1 of data the value of column name holds a NUL byte, so the file is no text");
      refusedByCrawl(
          raw, "nul.csv", "line 2 holds a NUL byte, so it is no text, or of another encoding");
    }

    @Test
    void withMixedTypes() {
      refused(
          "mixed.csv",
          HEADER + "1,a,,\nhunter2,b,,\n",
          "in row 2 of data the value of column id is not int, the type that dataset crm.people"
              + " declares");
    }

    @Test
    void withNumbersOutOfRange() {
      refused(
          "range.csv",
          HEADER + "1,a,,\n3000000000,b,,\n",
          "in row 2 of data the value of column id is not int");
    }

    @Test
    void withDecimalsOutOfRange() {
      refused(
          "range.csv",
          HEADER + "1,a,,1000.00\n",
          "in row 1 of data the value of column paid is not decimal(5,2)");
    }

    @Test
    void withDatesThatDoNotExist() {
      refused(
          "dates.csv",
          HEADER + "1,a,2024-02-29,\n2,b,2023-02-29,\n",
          "in row 2 of data the value of column born is not date");
    }

    @Test
    void withColumnsThatDifferInCase() {
      refused(
          "twice.csv",
          "id,name,born,paid,NAME\n1,a,,,hunter2\n",
          "its first line names column name more than once");
      refusedByCrawl(
          raw,
          "twice.csv",
          "its header has the columns name and NAME, which are the same to Athena; rename one");
    }

    @Test
    void withoutTheDatasetsColumns() {
      refused(
          "other.csv",
          "flight,gate\nhunter2,1\n",
          "its first line names none of the columns of dataset crm.people");
    }

    @Test
    void aByteOrderMarkIsNoData() {
      land(raw, "bom.csv", utf8("\uFEFF" + HEADER + "7,Ada,1815-12-10,9.99\n"));
      assertThat(problems(raw)).isEmpty();
      assertThat(query("SELECT id, name FROM crm.people")).containsExactly("[7, Ada]");
    }

    @Test
    void anEmptyFileDoesNotLandAndIsTold() {
      assertThat(land(raw, "empty.csv", new byte[0]).rejected())
          .hasToString("[Rejected[name=empty.csv, reason=is empty]]");
      assertThat(query("SELECT id FROM crm.people")).isEmpty();
    }
  }

  @Nested
  class Json {

    private final Dataset raw = people(Format.JSON_LINES);

    private void refused(String name, String bad, String reason) {
      String good = "{\"id\":1,\"name\":\"Ada\",\"born\":\"1815-12-10\"}\n{\"id\":2}\n";
      refusedByReaders(raw, utf8(good), name, utf8(bad), reason);
    }

    @Test
    void brokenInTheMiddle() {
      refused(
          "broken.jsonl",
          "{\"id\":1}\n{\"id\":2,\"name\":\"hunter2\n{\"id\":3}\n",
          "in line 2 the text is not well-formed JSON");
      refusedByCrawl(raw, "broken.jsonl", "line 2 is not JSON");
    }

    @Test
    void withMixedTypes() {
      refused(
          "mixed.jsonl",
          "{\"id\":1}\n{\"id\":\"hunter2\"}\n",
          "in row 2 of data the value of column id is not int");
    }

    @Test
    void withANumberOutOfRange() {
      refused(
          "range.jsonl",
          "{\"id\":1}\n{\"id\":3000000000}\n",
          "in row 2 of data the value of column id is not int");
    }

    @Test
    void withADateThatDoesNotExist() {
      refused(
          "dates.jsonl",
          "{\"id\":1,\"born\":\"2023-02-29\"}\n",
          "in row 1 of data the value of column born is not date");
    }

    @Test
    void withKeysThatDifferInCase() {
      refused(
          "case.jsonl",
          "{\"id\":1,\"name\":\"a\",\"NAME\":\"hunter2\"}\n",
          "its objects have keys named name that differ only in case");
      refusedByCrawl(
          raw,
          "case.jsonl",
          "line 1 has the field NAME and there is a field name, which are the same to Athena;"
              + " rename one");
    }
  }
}
