package io.lakesdk.schema;

import io.lakesdk.error.InvalidDefinitionException;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives every Java type of a record its column type, or says why it has none. */
final class CodecFactory {

  /** What to use instead, by class name, since not all of these modules need be present. */
  private static final Map<String, String> INSTEAD = new HashMap<>();

  static {
    instead("String", "char", "java.lang.Character", "java.lang.CharSequence", "java.net.URI");
    instead("String", "java.net.URL", "java.util.Locale", "java.util.Currency", "java.lang.Class");
    instead("String", "java.time.ZoneId", "java.time.LocalTime", "java.time.OffsetTime");
    instead("Instant", "java.util.Date", "java.util.Calendar", "java.sql.Timestamp");
    instead("Instant", "java.time.OffsetDateTime", "java.time.ZonedDateTime");
    instead("LocalDate", "java.sql.Date", "java.time.YearMonth");
    instead("String", "java.sql.Time");
    instead("int", "java.time.Year");
    instead("long with the unit in its name", "java.time.Duration", "java.time.Period");
    instead("BigDecimal", "java.lang.Number");
    instead("int", "java.util.concurrent.atomic.AtomicInteger");
    instead("long", "java.util.concurrent.atomic.AtomicLong");
    instead("Optional<Integer>", "java.util.OptionalInt");
    instead("Optional<Long>", "java.util.OptionalLong");
    instead("Optional<Double>", "java.util.OptionalDouble");
    instead("List", "java.util.Collection", "java.lang.Iterable", "java.util.ArrayList");
    instead("List", "java.util.LinkedList", "java.util.stream.Stream", "java.util.Queue");
    instead("Set", "java.util.HashSet", "java.util.SortedSet", "java.util.EnumSet");
    instead("Set", "java.util.LinkedHashSet", "java.util.TreeSet");
    instead("Map", "java.util.HashMap", "java.util.SortedMap", "java.util.EnumMap");
    instead("Map", "java.util.LinkedHashMap", "java.util.TreeMap", "java.util.Properties");
    instead("byte[]", "java.io.InputStream");
  }

  /** The records around the one that is being looked at, outermost first. */
  private final List<Class<?>> around = new ArrayList<>();

  RecordCodec ofRecord(Class<?> record, Place place) {
    if (record.getTypeParameters().length > 0) {
      throw place.invalid(
          at(place) + " is a generic record; use a record whose components have fixed types");
    }
    if (around.contains(record)) {
      throw place.invalid(
          at(place)
              + " contains record "
              + record.getSimpleName()
              + " in itself, and a column type must end; keep the id of the other row instead");
    }
    around.add(record);
    RecordComponent[] parts = record.getRecordComponents();
    if (parts.length == 0) {
      throw place.invalid(at(place) + " is a record without components");
    }
    List<RecordCodec.Component> components = new ArrayList<>(parts.length);
    Map<String, String> taken = new HashMap<>();
    Class<?>[] parameters = new Class<?>[parts.length];
    for (int i = 0; i < parts.length; i++) {
      RecordCodec.Component component = component(parts[i], place);
      components.add(component);
      parameters[i] = parts[i].getType();
      String other = taken.putIfAbsent(component.column().name(), component.name());
      if (other != null) {
        throw place.invalid(
            "components "
                + other
                + " and "
                + component.name()
                + " both become column "
                + component.column().name()
                + "; give one another with @Name");
      }
    }
    around.remove(around.size() - 1);
    return new RecordCodec(
        defined(place, () -> struct(components)),
        place,
        components,
        RecordCodec.constructor(record, parameters, place));
  }

  private static StructType struct(List<RecordCodec.Component> components) {
    return new StructType(
        components.stream()
            .map(c -> new StructType.Field(c.column().name(), c.column().type()))
            .toList());
  }

  private RecordCodec.Component component(RecordComponent part, Place outer) {
    Name given = part.getAnnotation(Name.class);
    String wanted = given == null ? ColumnNames.ofComponent(part.getName()) : given.value();
    Place unnamed = outer.component(part.getName(), wanted);
    String columnName = defined(unnamed, () -> ColumnNames.checked(wanted));
    Place place = outer.component(part.getName(), columnName);
    Decimal size = part.getAnnotation(Decimal.class);
    if (size != null && !mentionsDecimal(part.getGenericType())) {
      throw place.invalid(at(place) + " has @Decimal but no BigDecimal");
    }
    Codec codec = codec(part.getGenericType(), place, size);
    return new RecordCodec.Component(
        part.getName(),
        Column.of(columnName, codec.type()),
        codec,
        RecordCodec.accessor(part, place));
  }

  private Codec codec(Type type, Place place, @Nullable Decimal size) {
    if (type instanceof Class<?> plain) {
      return ofClass(plain, place, size);
    }
    if (type instanceof ParameterizedType generic) {
      return ofGeneric(generic, place, size);
    }
    if (type instanceof GenericArrayType array) {
      Codec element = codec(array.getGenericComponentType(), place.inside("[]"), size);
      Class<?> elementClass = erased(array.getGenericComponentType());
      return array(place, elementClass, element);
    }
    String what = type instanceof WildcardType ? "a wildcard, " : "a type variable, ";
    throw place.invalid(at(place) + " is " + what + type.getTypeName() + "; write the type itself");
  }

  private Codec ofClass(Class<?> type, Place place, @Nullable Decimal size) {
    Codec scalar = defined(place, () -> ScalarCodecs.find(type, place, size));
    if (scalar != null) {
      return scalar;
    }
    if (type.isEnum()) {
      return ScalarCodecs.enumeration(type, place);
    }
    if (type.isRecord()) {
      return ofRecord(type, place);
    }
    if (type.isArray()) {
      Class<?> element = type.getComponentType();
      return array(place, element, codec(element, place.inside("[]"), size));
    }
    if (type == List.class || type == Set.class || type == Optional.class || type == Map.class) {
      String example =
          type == Map.class ? "Map<String, Integer>" : type.getSimpleName() + "<String>";
      throw place.invalid(
          at(place) + " is a raw " + type.getSimpleName() + "; say of what, as in " + example);
    }
    throw unsupported(type, place);
  }

  private Codec ofGeneric(ParameterizedType generic, Place place, @Nullable Decimal size) {
    Class<?> raw = (Class<?>) generic.getRawType();
    Type[] arguments = generic.getActualTypeArguments();
    if (raw == List.class) {
      Codec element = codec(arguments[0], place.inside("[]"), size);
      return new CollectionCodecs.OfList(arrayType(place, element), place, element);
    }
    if (raw == Set.class) {
      Codec element = codec(arguments[0], place.inside("[]"), size);
      return new CollectionCodecs.OfSet(arrayType(place, element), place, element);
    }
    if (raw == Optional.class) {
      Codec inner = codec(arguments[0], place, size);
      if (inner instanceof CollectionCodecs.OfOptional) {
        throw place.invalid(at(place) + " is an Optional in an Optional; a column has one null");
      }
      return new CollectionCodecs.OfOptional(inner);
    }
    if (raw == Map.class) {
      Codec key = codec(arguments[0], place.inside("[key]"), size);
      if (key instanceof CollectionCodecs.OfOptional) {
        throw place.invalid(at(place) + " has an Optional as key, and keys are never null");
      }
      Codec value = codec(arguments[1], place.inside("[value]"), size);
      DataType type = defined(place, () -> new MapType(key.type(), value.type()));
      return new CollectionCodecs.OfMap(type, place, key, value);
    }
    if (raw.isRecord()) {
      return ofRecord(raw, place);
    }
    throw unsupported(raw, place);
  }

  private static Codec array(Place place, Class<?> elementClass, Codec element) {
    return new CollectionCodecs.OfArray(arrayType(place, element), place, elementClass, element);
  }

  private static DataType arrayType(Place place, Codec element) {
    return defined(place, () -> new ArrayType(element.type()));
  }

  private static InvalidDefinitionException unsupported(Class<?> type, Place place) {
    String instead = INSTEAD.get(type.getName());
    return place.invalid(
        at(place)
            + " is "
            + type.getTypeName()
            + ", which no column type holds; use "
            + (instead == null ? "a record, or a type that RecordMapper lists" : instead));
  }

  /** Whether a BigDecimal stands in the type, outside of nested records. */
  private static boolean mentionsDecimal(Type type) {
    if (type instanceof ParameterizedType generic) {
      for (Type argument : generic.getActualTypeArguments()) {
        if (mentionsDecimal(argument)) {
          return true;
        }
      }
      return false;
    }
    if (type instanceof GenericArrayType array) {
      return mentionsDecimal(array.getGenericComponentType());
    }
    return type == BigDecimal.class
        || (type instanceof Class<?> plain
            && plain.isArray()
            && mentionsDecimal(plain.getComponentType()));
  }

  private static Class<?> erased(Type type) {
    if (type instanceof ParameterizedType generic) {
      return (Class<?>) generic.getRawType();
    }
    if (type instanceof GenericArrayType array) {
      return erased(array.getGenericComponentType()).arrayType();
    }
    return type instanceof Class<?> plain ? plain : Object.class;
  }

  private static <T extends @Nullable Object> T defined(Place place, Supplier<T> type) {
    try {
      return type.get();
    } catch (InvalidDefinitionException e) {
      throw place.invalid("component " + place.path() + ": " + e.getMessage(), e);
    }
  }

  /** The component as the start of a sentence. */
  private static String at(Place place) {
    return place.column().isEmpty() ? "it" : "component " + place.path();
  }

  private static void instead(String use, String... classNames) {
    for (String className : classNames) {
      INSTEAD.put(className, use);
    }
  }
}
