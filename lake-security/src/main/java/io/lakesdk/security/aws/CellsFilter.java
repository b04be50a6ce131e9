package io.lakesdk.security.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.security.Grant;
import io.trino.sql.parser.SqlParser;

/**
 * A grant of some rows as Lake Formation's data cells filter.
 *
 * @param name tells the filter from those of all other grants
 * @param expression the row filter in PartiQL
 */
record CellsFilter(String name, String expression) {

  private static final int MAX_CHARACTERS = 2_047;
  private static final int NAME_DIGITS = 32;

  /**
   * The filter of a grant whose rows were checked when it was granted.
   *
   * @throws InvalidDefinitionException if Lake Formation does not know what is in it
   */
  static CellsFilter of(Grant.Select grant) {
    PartiQl rows = new PartiQl(reason -> refusal(grant, reason));
    String expression = rows.of(new SqlParser().createExpression(grant.rows().orElseThrow()));
    if (expression.length() > MAX_CHARACTERS) {
      throw refusal(
          grant,
          "written as Lake Formation wants it, it has "
              + expression.length()
              + " characters, and at most 2,047 are allowed");
    }
    String hash = Hashing.sha256().hashString(grant.toString(), UTF_8).toString();
    return new CellsFilter("lake_" + hash.substring(0, NAME_DIGITS), expression);
  }

  private static InvalidDefinitionException refusal(Grant.Select grant, String reason) {
    return new InvalidDefinitionException(
        "filter rows of",
        Subject.dataset(grant.dataset()),
        "in the row filter, "
            + reason
            + "; keep the condition in a column, or open the lake with"
            + " AwsSettings...lakeFormation(OFF)");
  }
}
