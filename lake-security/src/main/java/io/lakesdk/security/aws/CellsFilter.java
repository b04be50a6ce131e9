package io.lakesdk.security.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.security.Grant;
import io.trino.sql.ExpressionFormatter;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.DefaultTraversalVisitor;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.GenericLiteral;
import io.trino.sql.tree.LikePredicate;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.TimestampLiteral;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A grant of some rows as Lake Formation's data cells filter. Of what our row filters may be, Lake
 * Formation has no dates, no timestamps and no ESCAPE. Source: "PartiQL support in row filter
 * expressions" in the Lake Formation Developer Guide.
 *
 * @param name tells the filter from those of all other grants
 * @param expression the row filter without comments, each comparison in parentheses
 */
record CellsFilter(String name, String expression) {

  private static final int MAX_CHARACTERS = 2_047;
  private static final int NAME_BITS = 128 / 4;

  /** {@code grant} has a row filter, which was checked when it was granted. */
  static CellsFilter of(Grant.Select grant) {
    Expression condition = new SqlParser().createExpression(grant.rows().orElseThrow());
    new Refusal(grant).process(condition, null);
    String expression = ExpressionFormatter.formatExpression(condition);
    if (expression.length() > MAX_CHARACTERS) {
      throw refusal(
          grant,
          "written as Lake Formation wants it, it has "
              + expression.length()
              + " characters, and at most 2,047 are allowed");
    }
    String hash = Hashing.sha256().hashString(grant.toString(), UTF_8).toString();
    return new CellsFilter("lake_" + hash.substring(0, NAME_BITS), expression);
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

  private static final class Refusal extends DefaultTraversalVisitor<@Nullable Void> {
    private final Grant.Select grant;

    private Refusal(Grant.Select grant) {
      this.grant = grant;
    }

    @Override
    protected @Nullable Void visitGenericLiteral(GenericLiteral node, @Nullable Void context) {
      throw at(node, "has a date", "dates");
    }

    @Override
    protected @Nullable Void visitTimestampLiteral(TimestampLiteral node, @Nullable Void context) {
      throw at(node, "has a timestamp", "timestamps");
    }

    @Override
    protected @Nullable Void visitLikePredicate(LikePredicate node, @Nullable Void context) {
      if (node.getEscape().isPresent()) {
        throw at(node, "has ESCAPE", "ESCAPE");
      }
      return super.visitLikePredicate(node, context);
    }

    private InvalidDefinitionException at(Node node, String what, String unknown) {
      Optional<String> where =
          node.getLocation()
              .map(at -> " at line " + at.getLineNumber() + ", column " + at.getColumnNumber());
      return refusal(
          grant, "it " + what + where.orElse("") + ", and Lake Formation knows no " + unknown);
    }
  }
}
