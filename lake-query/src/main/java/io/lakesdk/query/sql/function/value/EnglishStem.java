package io.lakesdk.query.sql.function.value;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The stem of an English word by Porter's second algorithm, as Snowball has it. */
public final class EnglishStem {

  private static final String VOWELS = "aeiouy";

  private static final Map<String, String> EXCEPTIONS =
      Map.ofEntries(
          Map.entry("skis", "ski"),
          Map.entry("skies", "sky"),
          Map.entry("dying", "die"),
          Map.entry("lying", "lie"),
          Map.entry("tying", "tie"),
          Map.entry("idly", "idl"),
          Map.entry("gently", "gentl"),
          Map.entry("ugly", "ugli"),
          Map.entry("early", "earli"),
          Map.entry("only", "onli"),
          Map.entry("singly", "singl"),
          Map.entry("sky", "sky"),
          Map.entry("news", "news"),
          Map.entry("howe", "howe"),
          Map.entry("atlas", "atlas"),
          Map.entry("cosmos", "cosmos"),
          Map.entry("bias", "bias"),
          Map.entry("andes", "andes"));

  private static final Set<String> LEFT_AFTER_PLURALS =
      Set.of("inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed");

  private static final List<String[]> STEP_2 =
      List.of(
          new String[] {"ization", "ize"}, new String[] {"ational", "ate"},
          new String[] {"fulness", "ful"}, new String[] {"ousness", "ous"},
          new String[] {"iveness", "ive"}, new String[] {"tional", "tion"},
          new String[] {"biliti", "ble"}, new String[] {"lessli", "less"},
          new String[] {"entli", "ent"}, new String[] {"ation", "ate"},
          new String[] {"alism", "al"}, new String[] {"aliti", "al"},
          new String[] {"ousli", "ous"}, new String[] {"iviti", "ive"},
          new String[] {"fulli", "ful"}, new String[] {"enci", "ence"},
          new String[] {"anci", "ance"}, new String[] {"abli", "able"},
          new String[] {"izer", "ize"}, new String[] {"ator", "ate"},
          new String[] {"alli", "al"}, new String[] {"bli", "ble"},
          new String[] {"ogi", "og"}, new String[] {"li", ""});

  private static final List<String[]> STEP_3 =
      List.of(
          new String[] {"ational", "ate"},
          new String[] {"tional", "tion"},
          new String[] {"alize", "al"},
          new String[] {"icate", "ic"},
          new String[] {"iciti", "ic"},
          new String[] {"ative", ""},
          new String[] {"ical", "ic"},
          new String[] {"ness", ""},
          new String[] {"ful", ""});

  private static final List<String> STEP_4 =
      List.of(
          "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous",
          "ive", "ize", "ion", "al", "er", "ic");

  private String word;
  private int r1;
  private int r2;

  private EnglishStem(String word) {
    this.word = word;
  }

  public static String of(String word) {
    String known = EXCEPTIONS.get(word);
    if (known != null) {
      return known;
    }
    return word.length() < 3 ? word : new EnglishStem(word).stem();
  }

  private String stem() {
    word = word.startsWith("'") ? word.substring(1) : word;
    markConsonants();
    r1 = regionStart();
    r2 = afterVowelAndConsonant(r1);
    possessive();
    plural();
    if (!LEFT_AFTER_PLURALS.contains(word)) {
      past();
      if (word.length() > 2 && (ends("y") || ends("Y")) && !isVowel(word.length() - 2)) {
        word = without(1) + "i";
      }
      derived();
      derivedAgain();
      suffix();
      last();
    }
    return word.replace('Y', 'y');
  }

  /** A y at the beginning or after a vowel is a consonant, written Y. */
  private void markConsonants() {
    StringBuilder marked = new StringBuilder(word);
    for (int i = 0; i < marked.length(); i++) {
      if (marked.charAt(i) == 'y' && (i == 0 || VOWELS.indexOf(marked.charAt(i - 1)) >= 0)) {
        marked.setCharAt(i, 'Y');
      }
    }
    word = marked.toString();
  }

  private int regionStart() {
    for (String prefix : List.of("gener", "commun", "arsen")) {
      if (word.startsWith(prefix)) {
        return prefix.length();
      }
    }
    return afterVowelAndConsonant(0);
  }

  private int afterVowelAndConsonant(int from) {
    for (int i = from + 1; i < word.length(); i++) {
      if (!isVowel(i) && isVowel(i - 1)) {
        return i + 1;
      }
    }
    return word.length();
  }

  private void possessive() {
    for (String end : List.of("'s'", "'s", "'")) {
      if (ends(end)) {
        word = without(end.length());
        return;
      }
    }
  }

  private void plural() {
    if (ends("sses")) {
      word = without(2);
    } else if (ends("ied") || ends("ies")) {
      word = without(word.length() > 4 ? 2 : 1);
    } else if (ends("s") && !ends("us") && !ends("ss") && hasVowel(word.length() - 2)) {
      word = without(1);
    }
  }

  private void past() {
    for (String end : List.of("eedly", "eed")) {
      if (ends(end)) {
        word = isIn(r1, end) ? without(end.length()) + "ee" : word;
        return;
      }
    }
    for (String end : List.of("ingly", "edly", "ing", "ed")) {
      if (ends(end)) {
        if (hasVowel(word.length() - end.length())) {
          word = without(end.length());
          repair();
        }
        return;
      }
    }
  }

  private void repair() {
    if (ends("at") || ends("bl") || ends("iz")) {
      word += "e";
    } else if (word.matches(".*(bb|dd|ff|gg|mm|nn|pp|rr|tt)")) {
      word = without(1);
    } else if (r1 >= word.length() && endsShort(word.length())) {
      word += "e";
    }
  }

  private void derived() {
    for (String[] rule : STEP_2) {
      if (ends(rule[0])) {
        boolean fits =
            switch (rule[0]) {
              case "ogi" -> word.endsWith("logi");
              case "li" -> word.matches(".*[cdeghkmnrt]li");
              default -> true;
            };
        word = fits && isIn(r1, rule[0]) ? without(rule[0].length()) + rule[1] : word;
        return;
      }
    }
  }

  private void derivedAgain() {
    for (String[] rule : STEP_3) {
      if (ends(rule[0])) {
        int region = rule[0].equals("ative") ? r2 : r1;
        word = isIn(region, rule[0]) ? without(rule[0].length()) + rule[1] : word;
        return;
      }
    }
  }

  private void suffix() {
    for (String end : STEP_4) {
      if (ends(end)) {
        boolean fits = !end.equals("ion") || word.matches(".*[st]ion");
        word = fits && isIn(r2, end) ? without(end.length()) : word;
        return;
      }
    }
  }

  private void last() {
    if (ends("e")) {
      boolean goes = isIn(r2, "e") || (isIn(r1, "e") && !endsShort(word.length() - 1));
      word = goes ? without(1) : word;
    } else if (ends("ll") && isIn(r2, "l")) {
      word = without(1);
    }
  }

  private boolean isIn(int region, String end) {
    return word.length() - end.length() >= region;
  }

  /** Whether the first so many letters end with a short syllable. */
  private boolean endsShort(int length) {
    if (length == 2) {
      return isVowel(0) && !isVowel(1);
    }
    return length > 2
        && !isVowel(length - 3)
        && isVowel(length - 2)
        && !isVowel(length - 1)
        && "wxY".indexOf(word.charAt(length - 1)) < 0;
  }

  private boolean hasVowel(int before) {
    for (int i = 0; i < before; i++) {
      if (isVowel(i)) {
        return true;
      }
    }
    return false;
  }

  private boolean isVowel(int at) {
    return VOWELS.indexOf(word.charAt(at)) >= 0;
  }

  private boolean ends(String end) {
    return word.endsWith(end);
  }

  private String without(int letters) {
    return word.substring(0, word.length() - letters);
  }
}
