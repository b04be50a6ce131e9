package io.lakesdk.ingest.embedded;

import io.lakesdk.schema.ArrayType;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.MapType;
import io.lakesdk.schema.StructType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns a value of a record's type into one of a column's type that means exactly the same. */
@FunctionalInterface
interface Fit {

  /** The value for the column; neither is null. */
  Object apply(Object value) throws MisfitException;

  /** {@link #apply}, where null fits everything. */
  default @Nullable Object nullable(@Nullable Object value) throws MisfitException {
    return value == null ? null : apply(value);
  }

  /** How values of a type get into a column of another; empty if they cannot. */
  static Optional<Fit> between(DataType from, DataType to) {
    Optional<Fit> simple = ScalarFit.between(from, to);
    if (simple.isPresent()) {
      return simple;
    }
    if (from instanceof ArrayType list && to instanceof ArrayType target) {
      return between(list.element(), target.element()).map(fit -> value -> list(value, fit));
    }
    if (from instanceof MapType map && to instanceof MapType target) {
      return between(map.key(), target.key())
          .flatMap(
              keys ->
                  between(map.value(), target.value())
                      .map(values -> value -> map(value, keys, values)));
    }
    if (from instanceof StructType struct && to instanceof StructType target) {
      return struct(struct, target);
    }
    return Optional.empty();
  }

  private static Object list(Object value, Fit fit) throws MisfitException {
    List<@Nullable Object> fitted = new ArrayList<>();
    for (Object element : (List<?>) value) {
      fitted.add(fit.nullable(element));
    }
    return fitted;
  }

  private static Object map(Object value, Fit keys, Fit values) throws MisfitException {
    Map<Object, @Nullable Object> fitted = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
      fitted.put(keys.apply(entry.getKey()), values.nullable(entry.getValue()));
    }
    return fitted;
  }

  private static Optional<Fit> struct(StructType from, StructType to) {
    Map<String, Fit> fits = new LinkedHashMap<>();
    for (StructType.Field field : to.fields()) {
      Optional<Fit> fit =
          from.field(field.name()).flatMap(source -> between(source.type(), field.type()));
      if (fit.isEmpty()) {
        return Optional.empty();
      }
      fits.put(field.name(), fit.get());
    }
    return fits.size() == from.fields().size()
        ? Optional.of(value -> struct(value, fits))
        : Optional.empty();
  }

  private static Object struct(Object value, Map<String, Fit> fits) throws MisfitException {
    Map<?, ?> struct = (Map<?, ?>) value;
    Map<String, @Nullable Object> fitted = new LinkedHashMap<>();
    for (Map.Entry<String, Fit> field : fits.entrySet()) {
      fitted.put(field.getKey(), field.getValue().nullable(struct.get(field.getKey())));
    }
    return fitted;
  }
}
