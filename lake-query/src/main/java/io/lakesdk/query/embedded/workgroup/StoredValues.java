package io.lakesdk.query.embedded.workgroup;

import com.google.common.hash.Hashing;
import com.google.common.hash.HashingOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The values of results as bytes, from which they come back as they were. */
final class StoredValues {

  private StoredValues() {}

  /** The kinds of values, and the letters in which they are written. */
  private enum Kind {
    NULL('0'),
    BOOLEAN('?'),
    BYTE('b'),
    SHORT('s'),
    INTEGER('i'),
    LONG('l'),
    FLOAT('f'),
    DOUBLE('d'),
    DECIMAL('n'),
    TEXT('t'),
    BYTES('x'),
    DATE('D'),
    TIME('H'),
    TIMESTAMP('T'),
    INSTANT('I'),
    DURATION('U'),
    PERIOD('P'),
    UUID('u'),
    LIST('['),
    MAP('{');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }

    static Kind of(int letter) throws IOException {
      for (Kind kind : values()) {
        if (kind.letter == letter) {
          return kind;
        }
      }
      throw new IOException("no value begins so");
    }
  }

  static void write(DataOutputStream out, @Nullable Object value) throws IOException {
    if (value == null) {
      out.writeByte(Kind.NULL.letter);
    } else if (value instanceof Boolean flag) {
      kind(out, Kind.BOOLEAN).writeBoolean(flag);
    } else if (value instanceof Number number) {
      number(out, number);
    } else if (value instanceof String text) {
      bytes(kind(out, Kind.TEXT), text.getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof byte[] bytes) {
      bytes(kind(out, Kind.BYTES), bytes);
    } else if (value instanceof UUID id) {
      kind(out, Kind.UUID).writeLong(id.getMostSignificantBits());
      out.writeLong(id.getLeastSignificantBits());
    } else if (value instanceof List<?> list) {
      kind(out, Kind.LIST).writeInt(list.size());
      for (Object element : list) {
        write(out, element);
      }
    } else if (value instanceof Map<?, ?> map) {
      kind(out, Kind.MAP).writeInt(map.size());
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        write(out, entry.getKey());
        write(out, entry.getValue());
      }
    } else {
      time(out, value);
    }
  }

  private static void number(DataOutputStream out, Number value) throws IOException {
    if (value instanceof Byte number) {
      kind(out, Kind.BYTE).writeByte(number);
    } else if (value instanceof Short number) {
      kind(out, Kind.SHORT).writeShort(number);
    } else if (value instanceof Integer number) {
      kind(out, Kind.INTEGER).writeInt(number);
    } else if (value instanceof Long number) {
      kind(out, Kind.LONG).writeLong(number);
    } else if (value instanceof Float number) {
      kind(out, Kind.FLOAT).writeFloat(number);
    } else if (value instanceof Double number) {
      kind(out, Kind.DOUBLE).writeDouble(number);
    } else if (value instanceof BigDecimal number) {
      kind(out, Kind.DECIMAL).writeInt(number.scale());
      bytes(out, number.unscaledValue().toByteArray());
    } else {
      throw unknown(value);
    }
  }

  private static void time(DataOutputStream out, Object value) throws IOException {
    if (value instanceof LocalDate date) {
      kind(out, Kind.DATE).writeLong(date.toEpochDay());
    } else if (value instanceof LocalTime time) {
      kind(out, Kind.TIME).writeLong(time.toNanoOfDay());
    } else if (value instanceof LocalDateTime time) {
      kind(out, Kind.TIMESTAMP).writeLong(time.toLocalDate().toEpochDay());
      out.writeLong(time.toLocalTime().toNanoOfDay());
    } else if (value instanceof Instant instant) {
      kind(out, Kind.INSTANT).writeLong(instant.getEpochSecond());
      out.writeInt(instant.getNano());
    } else if (value instanceof Duration duration) {
      kind(out, Kind.DURATION).writeLong(duration.getSeconds());
      out.writeInt(duration.getNano());
    } else if (value instanceof Period period) {
      kind(out, Kind.PERIOD).writeInt(period.getYears());
      out.writeInt(period.getMonths());
      out.writeInt(period.getDays());
    } else {
      throw unknown(value);
    }
  }

  private static IllegalStateException unknown(Object value) {
    return new IllegalStateException("Results have no values of " + value.getClass());
  }

  private static DataOutputStream kind(DataOutputStream out, Kind kind) throws IOException {
    out.writeByte(kind.letter);
    return out;
  }

  private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** Equal values have the same, and no others. */
  static String fingerprint(Object value) {
    HashingOutputStream hash =
        new HashingOutputStream(Hashing.sha256(), OutputStream.nullOutputStream());
    try (DataOutputStream out = new DataOutputStream(hash)) {
      write(out, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return hash.hash().toString();
  }

  static @Nullable Object read(DataInputStream in) throws IOException {
    Kind kind = Kind.of(in.readByte());
    return switch (kind) {
      case NULL -> null;
      case BOOLEAN -> in.readBoolean();
      case BYTE -> in.readByte();
      case SHORT -> in.readShort();
      case INTEGER -> in.readInt();
      case LONG -> in.readLong();
      case FLOAT -> in.readFloat();
      case DOUBLE -> in.readDouble();
      case DECIMAL -> decimal(in);
      case TEXT -> new String(bytes(in), StandardCharsets.UTF_8);
      case BYTES -> bytes(in);
      case DATE -> LocalDate.ofEpochDay(in.readLong());
      case TIME -> LocalTime.ofNanoOfDay(in.readLong());
      case TIMESTAMP ->
          LocalDateTime.of(
              LocalDate.ofEpochDay(in.readLong()), LocalTime.ofNanoOfDay(in.readLong()));
      case INSTANT -> Instant.ofEpochSecond(in.readLong(), in.readInt());
      case DURATION -> Duration.ofSeconds(in.readLong(), in.readInt());
      case PERIOD -> Period.of(in.readInt(), in.readInt(), in.readInt());
      case UUID -> new UUID(in.readLong(), in.readLong());
      case LIST -> list(in);
      case MAP -> map(in);
    };
  }

  private static BigDecimal decimal(DataInputStream in) throws IOException {
    int scale = in.readInt();
    return new BigDecimal(new BigInteger(bytes(in)), scale);
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("cut");
    }
    return bytes;
  }

  private static List<@Nullable Object> list(DataInputStream in) throws IOException {
    int size = in.readInt();
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      list.add(read(in));
    }
    return Collections.unmodifiableList(list);
  }

  private static Map<@Nullable Object, @Nullable Object> map(DataInputStream in)
      throws IOException {
    int size = in.readInt();
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      Object key = read(in);
      map.put(key, read(in));
    }
    return Collections.unmodifiableMap(map);
  }
}
