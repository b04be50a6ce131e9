package io.lakesdk.query.statement.hive;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.sql.SqlErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a statement in Hive's DDL, read from left to right. Names may stand in backticks or
 * double quotes, texts stand in single quotes; a quote inside is doubled, or in a text follows a
 * backslash. Comments are passed over. Every method throws {@link InvalidDefinitionException} if
 * what it meets is something else.
 */
public final class HiveTokens {

  private static final int MOST_DIGITS = 9;

  private enum Kind {
    WORD,
    NAME,
    /** In double quotes: a name, or a text where a literal is expected. */
    QUOTED,
    TEXT,
    SYMBOL,
    END
  }

  private record Token(Kind kind, String text, int place) {}

  private final String sql;
  private final List<Token> tokens = new ArrayList<>();
  private int read;
  private int next;

  public HiveTokens(String sql) {
    this.sql = sql;
  }

  /** A token that is not taken yet; what follows it is not looked at. */
  private Token ahead(int number) {
    while (tokens.size() <= next + number) {
      if (read < sql.length()) {
        read = read(read);
      } else {
        tokens.add(new Token(Kind.END, "", sql.length()));
      }
    }
    return tokens.get(next + number);
  }

  private int read(int start) {
    char c = sql.charAt(start);
    if (Character.isWhitespace(c)) {
      return start + 1;
    } else if (sql.startsWith("--", start)) {
      int end = sql.indexOf('\n', start);
      return end < 0 ? sql.length() : end + 1;
    } else if (sql.startsWith("/*", start)) {
      int end = sql.indexOf("*/", start);
      return end < 0 ? sql.length() : end + 2;
    } else if (c == '`' || c == '"' || c == '\'') {
      return quoted(start, c);
    } else if (isWordPart(c)) {
      int end = start + 1;
      while (end < sql.length() && isWordPart(sql.charAt(end))) {
        end++;
      }
      tokens.add(new Token(Kind.WORD, sql.substring(start, end), start));
      return end;
    }
    tokens.add(new Token(Kind.SYMBOL, String.valueOf(c), start));
    return start + 1;
  }

  private int quoted(int start, char quote) {
    StringBuilder text = new StringBuilder();
    int i = start + 1;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      if (c == '\\' && quote != '`' && i + 1 < sql.length()) {
        text.append(c);
        i++;
        c = sql.charAt(i);
      } else if (c == quote && i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
        i++;
      } else if (c == quote) {
        tokens.add(new Token(kind(quote), text.toString(), start));
        return i + 1;
      }
      text.append(c);
      i++;
    }
    throw error(start, "a quote is not closed");
  }

  private static Kind kind(char quote) {
    return switch (quote) {
      case '\'' -> Kind.TEXT;
      case '"' -> Kind.QUOTED;
      default -> Kind.NAME;
    };
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  /** Takes these words if they come next. */
  public boolean take(String... words) {
    for (int i = 0; i < words.length; i++) {
      Token token = ahead(i);
      boolean word = token.kind() == Kind.WORD || token.kind() == Kind.SYMBOL;
      if (!word || !token.text().equalsIgnoreCase(words[i])) {
        return false;
      }
    }
    next += words.length;
    return true;
  }

  /** {@link #take}, of words that must come. */
  public void expect(String... words) {
    if (!take(words)) {
      throw unexpected(String.join(" ", words));
    }
  }

  /** Whether these words come next. */
  public boolean at(String... words) {
    int before = next;
    boolean there = take(words);
    next = before;
    return there;
  }

  /** Whether a text comes next. */
  public boolean atText() {
    return ahead(0).kind() == Kind.TEXT;
  }

  /** A text. */
  public String text() {
    if (!atText()) {
      throw unexpected("a text in single quotes");
    }
    String text = ahead(0).text();
    next++;
    return text;
  }

  /** A literal: a text in single or double quotes, with its escapes resolved. */
  public String literal() {
    Token token = ahead(0);
    if (token.kind() != Kind.TEXT && token.kind() != Kind.QUOTED) {
      throw unexpected("a text in quotes");
    }
    next++;
    return HiveEscapes.resolve(token.text());
  }

  /** A value of a partition key: a text, or a number as it is written. */
  public String value() {
    Token token = ahead(0);
    if (token.kind() == Kind.TEXT || token.kind() == Kind.QUOTED) {
      return literal();
    }
    String sign = take("-") ? "-" : "";
    if (!isNumber(ahead(0))) {
      throw unexpected("a value, which is a number or a text in quotes");
    }
    String number = ahead(0).text();
    next++;
    if (at(".") && isNumber(ahead(1))) {
      number = number + "." + ahead(1).text();
      next += 2;
    }
    return sign + number;
  }

  /** A whole number of few digits. */
  public int number() {
    Token token = ahead(0);
    if (!isNumber(token) || token.text().length() > MOST_DIGITS) {
      throw unexpected("a number of at most " + MOST_DIGITS + " digits");
    }
    next++;
    return Integer.parseInt(token.text());
  }

  private static boolean isNumber(Token token) {
    return token.kind() == Kind.WORD && token.text().chars().allMatch(Character::isDigit);
  }

  private static int end(Token word) {
    return word.place() + word.text().length();
  }

  /** A type in Hive's notation, as it is written. */
  public String type() {
    Token first = ahead(0);
    if (first.kind() != Kind.WORD) {
      throw unexpected("a type");
    }
    next++;
    int depth = 0;
    while (depth > 0 || at("<") || at("(")) {
      Token token = ahead(0);
      if (token.kind() == Kind.END || token.kind() == Kind.TEXT) {
        throw unexpected("the end of the type");
      }
      depth += opened(token);
      next++;
    }
    Token last = tokens.get(next - 1);
    return sql.substring(first.place(), end(last));
  }

  private static int opened(Token token) {
    if (token.kind() != Kind.SYMBOL) {
      return 0;
    }
    return switch (token.text()) {
      case "<", "(" -> 1;
      case ">", ")" -> -1;
      default -> 0;
    };
  }

  /** A name of one part, in lower case. */
  public String name() {
    Token token = ahead(0);
    if (token.kind() != Kind.WORD && token.kind() != Kind.NAME && token.kind() != Kind.QUOTED) {
      throw unexpected("a name");
    }
    next++;
    return token.text().toLowerCase(Locale.ROOT);
  }

  /** The parts of a name with dots, in lower case. */
  public List<String> qualifiedName() {
    List<String> parts = new ArrayList<>();
    do {
      parts.add(name());
    } while (take("."));
    return parts;
  }

  /**
   * {@link #qualifiedName}, whose parts may stand in one pair of backticks with the dot between
   * them, as SHOW CREATE TABLE prints it.
   */
  public List<String> tableName() {
    List<String> parts = qualifiedName();
    return parts.size() == 1 ? List.of(parts.get(0).split("\\.", -1)) : parts;
  }

  /** Whether this name comes next. */
  public boolean at(String name) {
    return ahead(0).kind() != Kind.TEXT && ahead(0).text().equalsIgnoreCase(name);
  }

  /**
   * What stands between the parenthesis that comes next and the one that closes it, at its place:
   * everything around it is spaces.
   */
  public String parenthesized() {
    if (!take("(")) {
      throw unexpected("'('");
    }
    int start = ahead(0).place();
    int open = 1;
    while (true) {
      if (ahead(0).kind() == Kind.END) {
        throw unexpected("')'");
      }
      if (take("(")) {
        open++;
      } else if (ahead(0).kind() == Kind.SYMBOL && ahead(0).text().equals(")")) {
        open--;
        if (open == 0) {
          break;
        }
        next++;
      } else {
        next++;
      }
    }
    int end = ahead(0).place();
    next++;
    return sql.substring(0, start).replaceAll("[^\\n]", " ") + sql.substring(start, end);
  }

  /** What was not taken, as it is written. */
  public String rest() {
    return sql.substring(Math.min(ahead(0).place(), sql.length()));
  }

  /**
   * Makes sure that nothing follows, but for a semicolon.
   *
   * @param statement what it follows
   */
  public void end(String statement) {
    take(";");
    if (ahead(0).kind() != Kind.END) {
      throw unexpected("the end of " + statement);
    }
  }

  /** What comes next is not what may come. Texts, which may be data, are not repeated. */
  public InvalidDefinitionException unexpected(String expected) {
    Token token = ahead(0);
    String found =
        switch (token.kind()) {
          case END -> "the statement ends";
          case TEXT, QUOTED -> "there is a text";
          default ->
              token.text().equals("?")
                  ? "there is a parameter (parameters stand in queries)"
                  : "there is '" + token.text() + "'";
        };
    return error(token.place(), found + " where " + expected + " is expected");
  }

  private InvalidDefinitionException error(int place, String reason) {
    String before = sql.substring(0, place);
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    int column = place - before.lastIndexOf('\n');
    return SqlErrors.refuse("line " + line + ":" + column + ": " + reason);
  }
}
