package io.lakesdk.query.jdbc.result;

import io.lakesdk.query.Rows.ResultColumn;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An array of a result, or for a parameter. Holds its elements, which end with it. */
public final class LakeArray implements Array {

  private final JdbcType element;
  private final List<@Nullable Object> elements;

  /**
   * @param elementType as Athena names it, in any case
   */
  public LakeArray(String elementType, List<? extends @Nullable Object> elements) {
    this.element = JdbcType.of(elementType.toLowerCase(Locale.ROOT));
    this.elements = Collections.unmodifiableList(new ArrayList<@Nullable Object>(elements));
  }

  /** The elements as the lake has them. */
  public List<@Nullable Object> elements() {
    return elements;
  }

  @Override
  public String getBaseTypeName() {
    return element.name();
  }

  @Override
  public int getBaseType() {
    return element.code();
  }

  /** The elements, each as {@code getObject} gives it. */
  @Override
  public Object getArray() {
    return objects(elements);
  }

  @Override
  public Object getArray(long index, int count) throws SQLException {
    return objects(part(index, count));
  }

  private @Nullable Object[] objects(List<@Nullable Object> some) {
    @Nullable Object[] objects = new @Nullable Object[some.size()];
    for (int i = 0; i < objects.length; i++) {
      Object one = some.get(i);
      objects[i] = one == null ? null : Conversion.object(one, element);
    }
    return objects;
  }

  private List<@Nullable Object> part(long index, int count) throws SQLException {
    if (index < 1 || count < 0 || index - 1 + count > elements.size()) {
      throw JdbcErrors.badArgument(
          "The array has " + elements.size() + " elements, counted from 1");
    }
    return elements.subList((int) index - 1, (int) index - 1 + count);
  }

  @Override
  public Object getArray(Map<String, Class<?>> types) throws SQLException {
    requireNone(types);
    return getArray();
  }

  @Override
  public Object getArray(long index, int count, Map<String, Class<?>> types) throws SQLException {
    requireNone(types);
    return getArray(index, count);
  }

  private static void requireNone(@Nullable Map<String, Class<?>> types) throws SQLException {
    if (types != null && !types.isEmpty()) {
      throw JdbcErrors.unsupported("types of users");
    }
  }

  @Override
  public ResultSet getResultSet() throws SQLException {
    return getResultSet(1, elements.size());
  }

  @Override
  public ResultSet getResultSet(long index, int count) throws SQLException {
    List<@Nullable Object> part = part(index, count);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < part.size(); i++) {
      rows.add(Arrays.asList(index + i, part.get(i)));
    }
    return new LakeResultSet(
        List.of(new ResultColumn("INDEX", "bigint"), new ResultColumn("VALUE", element.name())),
        Cursor.over(rows),
        null);
  }

  @Override
  public ResultSet getResultSet(Map<String, Class<?>> types) throws SQLException {
    requireNone(types);
    return getResultSet();
  }

  @Override
  public ResultSet getResultSet(long index, int count, Map<String, Class<?>> types)
      throws SQLException {
    requireNone(types);
    return getResultSet(index, count);
  }

  /** Nothing is held but the elements. */
  @Override
  public void free() {
    // The garbage collector does it.
  }

  @Override
  public String toString() {
    return ValueText.of(elements);
  }
}
