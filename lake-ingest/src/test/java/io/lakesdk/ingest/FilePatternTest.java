package io.lakesdk.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.error.InvalidDefinitionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilePatternTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "*.json a.json",
        "*.json .json",
        "**/*.json a.json",
        "**/*.json a/b/c.json",
        "a/**/b.csv a/b.csv",
        "a/**/b.csv a/x/y/b.csv",
        "** a/b/c",
        "a/** a/b/c",
        "**.csv a/b.csv",
        "?.csv ü.csv",
        "[a-c].csv b.csv",
        "[!a-c].csv d.csv",
        "*.{csv,tsv} x.tsv",
        "{2001,2002}/*.csv 2002/x.csv",
        "a\\*.csv a*.csv",
        "a(1)+$.csv a(1)+$.csv",
        "year=*/**/*.json year=2001/month=1/a.json",
      })
  void takes(String pattern, String path) {
    assertThat(FilePattern.parse(pattern).matches(path)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "*.json a/b.json",
        "*.json a.jsonx",
        "**/*.json a.csv",
        "a/**/b.csv ab.csv",
        "?.csv ab.csv",
        "?.csv /.csv",
        "[a-c].csv d.csv",
        "[!a-c]b.csv /b.csv",
        "*.{csv,tsv} x.csvtsv",
        "a\\*.csv ab.csv",
        "A.csv a.csv",
      })
  void leavesOut(String pattern, String path) {
    assertThat(FilePattern.parse(pattern).matches(path)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "/a", "{a", "{a{b}}", "[a", "a\\", "[z-a]"})
  void refusesWhatIsNoPattern(String text) {
    assertThatThrownBy(() -> FilePattern.parse(text))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageStartingWith("Cannot use pattern option matching(\"" + text + "\"): ");
  }
}
