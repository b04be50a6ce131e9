package io.lakesdk.query.sql.function.library;

import io.lakesdk.query.sql.function.BadArgument;
import io.lakesdk.query.sql.function.FunctionTable;
import io.lakesdk.query.sql.function.value.EnglishStem;
import io.lakesdk.query.sql.function.value.Soundex;
import java.util.stream.IntStream;

/** Functions that compare words, or look into them. */
final class WordFunctions {

  private static final long MOST_COMPARISONS = 1_000_000;

  private WordFunctions() {}

  static FunctionTable table() {
    return new FunctionTable()
        .differs("English only", "word_stem")
        .java(
            "levenshtein_distance(varchar(x), varchar(y)) bigint",
            arguments ->
                levenshtein(
                    arguments.text(0).codePoints().toArray(),
                    arguments.text(1).codePoints().toArray()))
        .java(
            "hamming_distance(varchar(x), varchar(y)) bigint",
            arguments ->
                hamming(
                    arguments.text(0).codePoints().toArray(),
                    arguments.text(1).codePoints().toArray()))
        .java("soundex(varchar) varchar(4)", arguments -> Soundex.of(arguments.text(0)))
        .java("luhn_check(varchar) boolean", arguments -> luhn(arguments.text(0)))
        .java("word_stem(varchar(x)) varchar(x)", arguments -> EnglishStem.of(arguments.text(0)))
        .java(
            "word_stem(varchar(x), varchar(2)) varchar(x)",
            arguments -> {
              if (!arguments.text(1).equals("en")) {
                throw new BadArgument("word_stem of a language other than en is not supported");
              }
              return EnglishStem.of(arguments.text(0));
            });
  }

  private static long levenshtein(int[] one, int[] other) {
    if ((long) one.length * other.length > MOST_COMPARISONS) {
      throw new BadArgument("The combined inputs for Levenshtein distance are too large");
    }
    int[] row = IntStream.rangeClosed(0, other.length).toArray();
    for (int i = 1; i <= one.length; i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length; j++) {
        int replaced = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length];
  }

  private static long hamming(int[] one, int[] other) {
    if (one.length != other.length) {
      throw new BadArgument("The input strings to hamming_distance must have the same length");
    }
    return IntStream.range(0, one.length).filter(i -> one[i] != other[i]).count();
  }

  private static boolean luhn(String digits) {
    if (!digits.matches("[0-9]*")) {
      throw new BadArgument("Input must contain only digits");
    }
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int counted = i % 2 == 0 ? digit : 2 * digit;
      sum += counted > 9 ? counted - 9 : counted;
    }
    return !digits.isEmpty() && sum % 10 == 0;
  }
}
