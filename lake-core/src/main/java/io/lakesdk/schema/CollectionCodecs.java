package io.lakesdk.schema;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists, sets, arrays, maps and optionals around other codecs. */
final class CollectionCodecs {

  private CollectionCodecs() {}

  record OfOptional(Codec inner) implements Codec {

    @Override
    public DataType type() {
      return inner.type();
    }

    @Override
    public @Nullable Object toLake(@Nullable Object value) {
      return value == null ? null : inner.toLake(((Optional<?>) value).orElse(null));
    }

    @Override
    public Object toJava(@Nullable Object value) {
      return value == null ? Optional.empty() : Optional.ofNullable(inner.toJava(value));
    }
  }

  record OfList(DataType type, Place place, Codec element) implements Codec {

    @Override
    public @Nullable Object toLake(@Nullable Object value) {
      return value == null ? null : elements((Collection<?>) value, element);
    }

    @Override
    public @Nullable Object toJava(@Nullable Object value) {
      List<@Nullable Object> read = readElements(value, place, "a List", element);
      return read == null ? null : Collections.unmodifiableList(read);
    }

    private static List<@Nullable Object> elements(Collection<?> values, Codec element) {
      List<@Nullable Object> written = new ArrayList<>(values.size());
      for (Object one : values) {
        written.add(element.toLake(one));
      }
      return written;
    }
  }

  record OfSet(DataType type, Place place, Codec element) implements Codec {

    @Override
    public @Nullable Object toLake(@Nullable Object value) {
      return value == null ? null : OfList.elements((Set<?>) value, element);
    }

    @Override
    public @Nullable Object toJava(@Nullable Object value) {
      List<@Nullable Object> read = readElements(value, place, "a Set", element);
      if (read == null) {
        return null;
      }
      Set<@Nullable Object> set = new LinkedHashSet<>(read);
      if (set.size() != read.size()) {
        throw place.unreadable("is a Set, and the column holds an element twice; use List");
      }
      return Collections.unmodifiableSet(set);
    }
  }

  record OfArray(DataType type, Place place, Class<?> elementClass, Codec element)
      implements Codec {

    @Override
    public @Nullable Object toLake(@Nullable Object value) {
      if (value == null) {
        return null;
      }
      int length = Array.getLength(value);
      List<@Nullable Object> written = new ArrayList<>(length);
      for (int i = 0; i < length; i++) {
        written.add(element.toLake(Array.get(value, i)));
      }
      return written;
    }

    @Override
    public @Nullable Object toJava(@Nullable Object value) {
      List<@Nullable Object> read = readElements(value, place, "an array", element);
      if (read == null) {
        return null;
      }
      Object array = Array.newInstance(elementClass, read.size());
      for (int i = 0; i < read.size(); i++) {
        Array.set(array, i, read.get(i));
      }
      return array;
    }
  }

  record OfMap(DataType type, Place place, Codec key, Codec value) implements Codec {

    @Override
    public @Nullable Object toLake(@Nullable Object map) {
      if (map == null) {
        return null;
      }
      Map<Object, @Nullable Object> written = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) map).entrySet()) {
        Object writtenKey = key.toLake(entry.getKey());
        if (writtenKey == null) {
          throw place.unwritable("has a null key, which a map in the lake cannot hold");
        }
        if (written.containsKey(writtenKey)) {
          throw place.unwritable("has two keys that are the same as " + key.type());
        }
        written.put(writtenKey, value.toLake(entry.getValue()));
      }
      return written;
    }

    @Override
    public @Nullable Object toJava(@Nullable Object map) {
      if (map == null) {
        return null;
      }
      if (!(map instanceof Map<?, ?> entries)) {
        throw place.misfit(map, "a Map");
      }
      Map<@Nullable Object, @Nullable Object> read = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : entries.entrySet()) {
        read.put(key.toJava(entry.getKey()), value.toJava(entry.getValue()));
      }
      if (read.size() != entries.size()) {
        throw place.unreadable("is a Map, and the column holds two keys that it cannot tell apart");
      }
      return Collections.unmodifiableMap(read);
    }
  }

  private static @Nullable List<@Nullable Object> readElements(
      @Nullable Object value, Place place, String javaType, Codec element) {
    if (value == null) {
      return null;
    }
    if (!(value instanceof Collection<?> values)) {
      throw place.misfit(value, javaType);
    }
    List<@Nullable Object> read = new ArrayList<>(values.size());
    for (Object one : values) {
      read.add(element.toJava(one));
    }
    return read;
  }
}
