package io.lakesdk.query.statement;

import io.lakesdk.query.sql.SqlErrors;
import io.lakesdk.query.statement.hive.HiveTokens;
import io.lakesdk.query.statement.hive.NamePattern;
import java.util.List;
import java.util.Optional;

/**
 * Parses the statements that Athena takes in Hive's words. Source: the pages of these statements in
 * the Athena user guide.
 */
final class HiveStatements {

  private HiveStatements() {}

  /** The statement, or nothing if it is one for Trino's grammar. */
  static Optional<Statement> parse(String sql) {
    HiveTokens tokens = new HiveTokens(sql);
    if (tokens.take("SHOW")) {
      return Optional.of(show(tokens));
    } else if (tokens.take("DESCRIBE") || tokens.take("DESC")) {
      return Optional.of(describe(tokens));
    } else if (tokens.take("DROP", "TABLE")) {
      boolean ifExists = tokens.take("IF", "EXISTS");
      List<String> name = tokens.qualifiedName();
      tokens.end("DROP TABLE");
      return Optional.of(new DropTable(name, ifExists));
    } else if (tokens.take("DROP", "VIEW")) {
      boolean ifExists = tokens.take("IF", "EXISTS");
      List<String> name = tokens.qualifiedName();
      tokens.end("DROP VIEW");
      return Optional.of(new DropView(name, ifExists));
    }
    if (tokens.take("UNLOAD")) {
      return Optional.of(Unload.parse(tokens));
    }
    return Optional.empty();
  }

  private static Statement show(HiveTokens tokens) {
    if (tokens.take("TABLES")) {
      List<String> database = isIn(tokens) ? tokens.qualifiedName() : List.of();
      return new ShowTables(database, pattern(tokens, "SHOW TABLES"));
    } else if (tokens.take("VIEWS")) {
      Optional<String> database = isIn(tokens) ? Optional.of(tokens.name()) : Optional.empty();
      return new ShowViews(database, pattern(tokens, "SHOW VIEWS"));
    } else if (tokens.take("DATABASES") || tokens.take("SCHEMAS")) {
      Optional<String> catalog = isIn(tokens) ? Optional.of(tokens.name()) : Optional.empty();
      return new ShowDatabases(catalog, pattern(tokens, "SHOW DATABASES"));
    } else if (tokens.take("COLUMNS")) {
      return columns(tokens);
    } else if (tokens.take("PARTITIONS")) {
      return ended(tokens, "SHOW PARTITIONS", ShowTable.What.PARTITIONS, tokens.qualifiedName());
    } else if (tokens.take("CREATE", "TABLE")) {
      return ended(tokens, "SHOW CREATE TABLE", ShowTable.What.CREATE, tokens.qualifiedName());
    } else if (tokens.take("CREATE", "VIEW")) {
      return ended(tokens, "SHOW CREATE VIEW", ShowTable.What.CREATE_VIEW, tokens.qualifiedName());
    } else if (tokens.take("TBLPROPERTIES")) {
      return properties(tokens);
    }
    throw tokens.unexpected(
        "TABLES, DATABASES, SCHEMAS, VIEWS, COLUMNS, PARTITIONS, CREATE TABLE, CREATE VIEW or"
            + " TBLPROPERTIES");
  }

  private static boolean isIn(HiveTokens tokens) {
    return tokens.take("IN") || tokens.take("FROM");
  }

  private static NamePattern pattern(HiveTokens tokens, String statement) {
    boolean like = tokens.take("LIKE");
    NamePattern pattern =
        like || tokens.atText() ? NamePattern.of(tokens.text()) : NamePattern.any();
    tokens.end(statement);
    return pattern;
  }

  private static Statement columns(HiveTokens tokens) {
    if (!isIn(tokens)) {
      throw tokens.unexpected("FROM or IN");
    }
    List<String> name = tokens.qualifiedName();
    if (name.size() == 1 && isIn(tokens)) {
      name = List.of(tokens.name(), name.get(0));
    }
    return ended(tokens, "SHOW COLUMNS", ShowTable.What.COLUMNS, name);
  }

  private static Statement properties(HiveTokens tokens) {
    List<String> name = tokens.qualifiedName();
    Optional<String> property = Optional.empty();
    if (tokens.take("(")) {
      property = Optional.of(tokens.text());
      if (!tokens.take(")")) {
        throw tokens.unexpected("')'");
      }
    }
    tokens.end("SHOW TBLPROPERTIES");
    return new ShowTable(ShowTable.What.PROPERTIES, name, property);
  }

  private static Statement describe(HiveTokens tokens) {
    if (tokens.take("EXTENDED") || tokens.take("FORMATTED")) {
      throw SqlErrors.refuse("DESCRIBE EXTENDED and DESCRIBE FORMATTED are not supported");
    }
    return ended(tokens, "DESCRIBE", ShowTable.What.DESCRIPTION, tokens.qualifiedName());
  }

  private static Statement ended(
      HiveTokens tokens, String statement, ShowTable.What what, List<String> name) {
    tokens.end(statement);
    return new ShowTable(what, name, Optional.empty());
  }
}
