package io.lakesdk.query.files;

import io.krakens.grok.api.Grok;
import io.krakens.grok.api.GrokCompiler;
import io.krakens.grok.api.exception.GrokException;
import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Makes a regular expression of a Grok pattern, with the patterns that Logstash knows and those of
 * the dataset. Columns are what the pattern names like them; where it does not name all columns,
 * they are what it names, in order.
 */
final class GrokLines {

  /** What the library calls the parts of patterns that nobody wants. */
  private static final String UNWANTED = "unwanted";

  private GrokLines() {}

  static LineFormat of(Dataset dataset, Format.Grok format) {
    List<String> columns = dataset.schema().names();
    Grok all = compiled(dataset, format, false);
    Map<String, String> names = names(all);
    if (names.keySet().containsAll(columns)) {
      Map<String, LineFormat.Group> groups = new HashMap<>();
      names.forEach((name, group) -> groups.put(name, match -> match.group(group)));
      return lines(all, groups, format);
    }
    Grok named = compiled(dataset, format, true);
    List<String> order = List.copyOf(names(named).values());
    Map<String, LineFormat.Group> groups = new HashMap<>();
    for (int i = 0; i < Math.min(order.size(), columns.size()); i++) {
      String group = order.get(i);
      groups.put(columns.get(i), match -> match.group(group));
    }
    return lines(named, groups, format);
  }

  private static LineFormat lines(
      Grok grok, Map<String, LineFormat.Group> groups, Format.Grok format) {
    return new LineFormat(
        Pattern.compile(grok.getNamedRegex()), groups, false, format.headerLines());
  }

  private static Grok compiled(Dataset dataset, Format.Grok format, boolean namedOnly) {
    try {
      GrokCompiler compiler = GrokCompiler.newInstance();
      compiler.registerDefaultPatterns();
      compiler.register(new StringReader(format.customPatterns()));
      return compiler.compile(format.pattern(), namedOnly);
    } catch (GrokException | IllegalArgumentException | IOException e) {
      throw new InvalidDefinitionException(
          "read",
          Subject.dataset(dataset.id()),
          "its Grok pattern is not well-formed, or uses a pattern that neither Logstash nor its"
              + " custom patterns define");
    }
  }

  /** Lower-case names in the order of the pattern, with the first group of each. */
  private static Map<String, String> names(Grok grok) {
    Map<String, String> names = new LinkedHashMap<>();
    for (String group : grok.namedGroups) {
      String told = grok.getNamedRegexCollection().getOrDefault(group, group);
      String name = told.split("[:;]", 2)[0].strip().toLowerCase(Locale.ROOT);
      if (!name.equals(UNWANTED)) {
        names.putIfAbsent(name, group);
      }
    }
    return names;
  }
}
