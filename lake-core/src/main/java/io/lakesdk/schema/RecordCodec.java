package io.lakesdk.schema;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record class: rows at the top, structs inside. Its handles are resolved once, here. */
final class RecordCodec implements Codec {

  /** One component; {@code name} is Java's, {@code column} the lake's. */
  record Component(String name, Column column, Codec codec, MethodHandle accessor) {}

  private final DataType type;
  private final Place place;
  private final List<Component> components;
  private final MethodHandle constructor;

  RecordCodec(DataType type, Place place, List<Component> components, MethodHandle constructor) {
    this.type = type;
    this.place = place;
    this.components = List.copyOf(components);
    this.constructor = constructor;
  }

  /** A handle {@code (Object) -> Object} that reads a component. */
  static MethodHandle accessor(RecordComponent component, Place place) {
    Method method = component.getAccessor();
    open(method, component.getDeclaringRecord(), place);
    try {
      return MethodHandles.lookup()
          .unreflect(method)
          .asType(MethodType.methodType(Object.class, Object.class));
    } catch (IllegalAccessException e) {
      throw closed(component.getDeclaringRecord(), place, e);
    }
  }

  /** A handle {@code (Object[]) -> Object} that makes a record of its components. */
  static MethodHandle constructor(Class<?> record, Class<?>[] parameters, Place place) {
    try {
      Constructor<?> constructor = record.getDeclaredConstructor(parameters);
      open(constructor, record, place);
      return MethodHandles.lookup()
          .unreflectConstructor(constructor)
          .asSpreader(Object[].class, parameters.length)
          .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (IllegalAccessException e) {
      throw closed(record, place, e);
    } catch (NoSuchMethodException e) {
      throw place.invalid("its canonical constructor is not found", e);
    } catch (IllegalArgumentException e) {
      throw place.invalid(
          "it has more components than can be passed, about 250; nest some in a record", e);
    }
  }

  private static void open(AccessibleObject member, Class<?> record, Place place) {
    // False is no error yet: a public record of an exported package can be used without it.
    boolean opened = member.trySetAccessible();
    if (!opened && !record.getModule().isExported(record.getPackageName(), ownModule())) {
      throw closed(record, place, null);
    }
  }

  private static InvalidDefinitionException closed(
      Class<?> record, Place place, @Nullable Throwable cause) {
    String to = ownModule().isNamed() ? " to " + ownModule().getName() : "";
    String reason =
        "module "
            + record.getModule().getName()
            + " keeps record "
            + record.getSimpleName()
            + " closed; add `opens "
            + record.getPackageName()
            + to
            + ";` to its module-info.java";
    return cause == null ? place.invalid(reason) : place.invalid(reason, cause);
  }

  private static Module ownModule() {
    return RecordCodec.class.getModule();
  }

  List<Component> components() {
    return components;
  }

  @Override
  public DataType type() {
    return type;
  }

  @Override
  public @Nullable Object toLake(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    Map<String, @Nullable Object> struct = new LinkedHashMap<>(components.size() * 2);
    for (Component component : components) {
      struct.put(component.column().name(), write(component, value));
    }
    return struct;
  }

  @Override
  public @Nullable Object toJava(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (!(value instanceof Map<?, ?> struct)) {
      throw place.misfit(value, "a record");
    }
    @Nullable Object[] values = new @Nullable Object[components.size()];
    for (int i = 0; i < values.length; i++) {
      Component component = components.get(i);
      Object raw = struct.get(component.column().name());
      if (raw == null && !struct.containsKey(component.column().name())) {
        raw = struct.get(key(component, struct));
      }
      values[i] = component.codec().toJava(raw);
    }
    return create(values);
  }

  @Nullable Object write(Component component, Object value) {
    Object read;
    try {
      read = component.accessor().invokeExact(value);
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw place
          .component(component.name(), component.column().name())
          .refused("write", "the accessor", e);
    }
    return component.codec().toLake(read);
  }

  Object create(@Nullable Object[] values) {
    try {
      return (Object) constructor.invokeExact(values);
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw place.refused("read", "the constructor", e);
    }
  }

  /** The key of the struct that names the component when it is not written as in the schema. */
  private Object key(Component component, Map<?, ?> struct) {
    List<String> keys = struct.keySet().stream().map(String::valueOf).toList();
    int index = position(component, keys);
    if (index < 0) {
      throw absent(component, keys, "field");
    }
    return keys.get(index);
  }

  /**
   * Where the column of a component is among these: by its column name, or else by its own name
   * when that is no other component's column. -1 when it is nowhere.
   */
  int position(Component component, List<String> names) {
    int byColumn = only(component, component.column().name(), names);
    if (byColumn >= 0) {
      return byColumn;
    }
    String own = ColumnNames.fold(component.name());
    boolean taken = components.stream().anyMatch(other -> other.column().name().equals(own));
    return taken ? -1 : only(component, own, names);
  }

  private int only(Component component, String wanted, List<String> names) {
    int found = -1;
    for (int i = 0; i < names.size(); i++) {
      if (ColumnNames.fold(names.get(i)).equals(wanted)) {
        if (found >= 0) {
          throw ambiguous(component, names);
        }
        found = i;
      }
    }
    return found;
  }

  InvalidDefinitionException absent(Component component, List<String> names, String what) {
    return new InvalidDefinitionException(
        "read",
        Subject.column(component.column().name()),
        "component "
            + place.path()
            + "."
            + component.name()
            + " has no "
            + what
            + " of that name; there are "
            + (names.isEmpty() ? "none" : Schema.listed(names)));
  }

  private InvalidDefinitionException ambiguous(Component component, List<String> names) {
    return new InvalidDefinitionException(
        "read",
        Subject.column(component.column().name()),
        "component "
            + place.path()
            + "."
            + component.name()
            + " could be any of several; name them apart with AS; there are "
            + Schema.listed(names));
  }
}
