package io.lakesdk.query.files;

import io.lakesdk.query.sql.function.BadArgument;
import io.lakesdk.query.sql.function.value.BoundedText;
import io.lakesdk.schema.Column;
import io.lakesdk.storage.ObjectRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of text with a regular expression whose groups are columns. A line without a match is
 * a row of NULLs, as is a column without a group.
 */
final class LineFormat implements RowFormat {

  private final Pattern pattern;
  private final Map<String, Group> groups;
  private final boolean whole;
  private final int headerLines;

  /**
   * @param groups what each column is of a match
   * @param whole whether all of a line has to match
   * @param headerLines how many lines of a file are passed over
   */
  LineFormat(Pattern pattern, Map<String, Group> groups, boolean whole, int headerLines) {
    this.pattern = pattern;
    this.groups = Map.copyOf(groups);
    this.whole = whole;
    this.headerLines = headerLines;
  }

  /** A part of a match. */
  interface Group {
    @Nullable String of(Matcher match);
  }

  @Override
  public boolean isText() {
    return true;
  }

  @Override
  public Reader open(ObjectRef file, Path path, List<Column> columns) throws IOException {
    Group none = match -> null;
    List<Group> wanted =
        columns.stream().map(column -> groups.getOrDefault(column.name(), none)).toList();
    return new Rows(Lines.after(headerLines, file, path), wanted);
  }

  private final class Rows implements Reader {

    private final Lines lines;
    private final List<Group> wanted;

    Rows(Lines lines, List<Group> wanted) {
      this.lines = lines;
      this.wanted = wanted;
    }

    @Override
    public boolean next(@Nullable Object[] row) throws IOException {
      String line = lines.next();
      if (line == null) {
        return false;
      }
      if (row.length == 0) {
        return true;
      }
      Matcher matcher = pattern.matcher(new BoundedText(line));
      try {
        boolean found = whole ? matcher.matches() : matcher.find();
        for (int i = 0; i < row.length; i++) {
          row[i] = found ? wanted.get(i).of(matcher) : null;
        }
      } catch (BadArgument | StackOverflowError e) {
        throw lines.bad("the dataset's pattern takes too long for it; simplify the pattern");
      }
      return true;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
