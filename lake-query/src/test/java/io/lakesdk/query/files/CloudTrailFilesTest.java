package io.lakesdk.query.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Zone;
import io.lakesdk.error.BadDataException;
import io.lakesdk.query.Content;
import io.lakesdk.schema.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The logs of CloudTrail. */
class CloudTrailFilesTest extends FilesFixture {

  CloudTrailFilesTest() {
    super("web");
  }

  private static Dataset trail() {
    return Dataset.named("web.trail")
        .in(Zone.RAW)
        .format(Format.CLOUD_TRAIL)
        .column("eventname", DataType.STRING)
        .column("useridentity", DataType.parse("struct<type:string,username:string>"))
        .column("useridentity_as_string", DataType.STRING)
        .column("requestparameters", DataType.STRING)
        .column("resources", DataType.parse("array<struct<arn:string>>"))
        .column("readonly", DataType.BOOLEAN)
        .build();
  }

  @Test
  void areRowsOfTheirRecords() {
    Content.land(
        lake,
        trail(),
        "a.json",
        """
        {"Version": {"a": [1]}, "Records": [
          {"eventName": "GetObject", "userIdentity": {"type": "IAMUser", "userName": "ada",
            "more": {"x": [1]}}, "requestParameters": {"key": "a b", "n": 1.50}, "readOnly": true,
            "resources": [{"ARN": "arn:x", "accountId": "1"}, null], "other": [[{}]]},
          {"eventName": "Login", "userIdentity": null, "requestParameters": null, "readOnly": "false"}
        ], "after": [1, {"b": 2}]}
        {"Records": []}
        {"digest": 1}
        {"Records": [{"eventName": "Last"}]}
        """);
    assertThat(values("SELECT eventname, useridentity.username AS u, readonly FROM trail"))
        .containsExactly("[GetObject, ada, true]", "[Login, null, false]", "[Last, null, null]");
    assertThat(
            values(
                "SELECT useridentity_as_string AS i, requestparameters AS p, resources[1].arn AS r"
                    + " FROM trail WHERE eventname = 'GetObject'"))
        .containsExactly(
            "[{\"type\":\"IAMUser\",\"userName\":\"ada\",\"more\":{\"x\":[1]}},"
                + " {\"key\":\"a b\",\"n\":1.50}, arn:x]");
    assertThat(values("SELECT count(*) FROM trail")).containsExactly("[3]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "[1]|it is no JSON object with Records, as CloudTrail has it",
        "{\"Records\": 1}|its Records are no array",
        "{\"Records\": [1]}|its Records are no objects",
        "{\"Records\": [{}, {\"eventName\": \"hunter2|in row 2 its content is damaged or cut off",
        "{\"Records\": [{}], |in row 2 its content is damaged or cut off",
        "{\"Records\": [{\"readOnly\": \"hunter2\"}]}|in row 1 the value of column readonly does",
        "{\"Records\": [{\"resources\": \"x\"}]}|its column resources is a scalar, which cannot be",
        "{\"Records\": [{\"readOnly\": [1]}]}|its column readonly is an array, which cannot be"
      })
  void thatAreNoneAreRefused(String text, String reason) {
    Content.land(lake, trail(), "a.json", text);
    assertThatThrownBy(() -> run("SELECT * FROM trail"))
        .isInstanceOf(BadDataException.class)
        .hasMessageStartingWith("Cannot read object raw/web/trail/")
        .hasMessageContaining("a.json: " + reason)
        .hasMessageNotContaining("hunter2")
        .hasNoCause();
  }
}
