package io.lakesdk.catalog.definition;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A condition cut into tokens, read from left to right. */
final class ConditionTokens {

  /** What a token is. */
  enum Kind {
    NAME,
    QUOTED_NAME,
    NUMBER,
    TEXT,
    SYMBOL,
    END
  }

  /** A token; {@code text} is without quotes, and {@code position} counts from 1. */
  record Token(Kind kind, String text, int position) {
    boolean isSymbol(String symbol) {
      return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isKeyword(String word) {
      return kind == Kind.NAME && text.equalsIgnoreCase(word);
    }

    /** How a message names it; the texts of values are data and not shown. */
    String shown() {
      return switch (kind) {
        case END -> "the end";
        case TEXT -> "a text";
        case NUMBER -> "a number";
        default -> text;
      };
    }
  }

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<name>[\\p{L}_][\\p{L}\\p{N}_]*)"
              + "|\"(?<quoted>(?:[^\"]|\"\")+)\""
              + "|(?<number>-?\\d+(?:\\.\\d+)?)"
              + "|'(?<text>(?:[^']|'')*)'"
              + "|(?<symbol><=|>=|<>|!=|[=<>(),])");
  private static final Pattern SPACE = Pattern.compile("\\s*");

  private final Subject subject;
  private final List<Token> tokens;
  private int next;

  ConditionTokens(String condition, Subject subject) {
    this.subject = subject;
    this.tokens = cut(condition);
  }

  private List<Token> cut(String condition) {
    List<Token> all = new ArrayList<>();
    Matcher space = SPACE.matcher(condition);
    Matcher token = TOKEN.matcher(condition);
    int at = 0;
    while (true) {
      space.region(at, condition.length()).lookingAt();
      at = space.end();
      if (at == condition.length()) {
        all.add(new Token(Kind.END, "", at + 1));
        return all;
      }
      if (!token.region(at, condition.length()).lookingAt()) {
        throw wrong(at + 1, "it is no name, number, text in single quotes, or comparison");
      }
      all.add(token(token, at + 1));
      at = token.end();
    }
  }

  private static Token token(Matcher token, int position) {
    if (token.group("name") != null) {
      return new Token(Kind.NAME, token.group(), position);
    }
    if (token.group("quoted") != null) {
      String name = token.group("quoted").replace("\"\"", "\"");
      return new Token(Kind.QUOTED_NAME, name, position);
    }
    if (token.group("number") != null) {
      return new Token(Kind.NUMBER, token.group(), position);
    }
    if (token.group("text") != null) {
      return new Token(Kind.TEXT, token.group("text").replace("''", "'"), position);
    }
    return new Token(Kind.SYMBOL, token.group(), position);
  }

  Token peek() {
    return tokens.get(next);
  }

  Token take() {
    Token token = tokens.get(next);
    if (token.kind() != Kind.END) {
      next++;
    }
    return token;
  }

  /** Takes the next token if it is this keyword. */
  boolean takeKeyword(String word) {
    boolean is = peek().isKeyword(word);
    if (is) {
      take();
    }
    return is;
  }

  /** Takes the next token if it is this symbol. */
  boolean takeSymbol(String symbol) {
    boolean is = peek().isSymbol(symbol);
    if (is) {
      take();
    }
    return is;
  }

  void requireKeyword(String word) {
    if (!takeKeyword(word)) {
      throw expected(word.toUpperCase(Locale.ROOT));
    }
  }

  void requireSymbol(String symbol) {
    if (!takeSymbol(symbol)) {
      throw expected(symbol);
    }
  }

  /** Says that something else should stand where the next token is. */
  InvalidDefinitionException expected(String what) {
    return wrong(peek().position(), what + " is expected there, and there is " + peek().shown());
  }

  InvalidDefinitionException wrong(int position, String reason) {
    return new InvalidDefinitionException(
        "select partitions of",
        subject,
        "the condition is wrong at position " + position + ": " + reason);
  }
}
