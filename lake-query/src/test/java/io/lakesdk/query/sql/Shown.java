package io.lakesdk.query.sql;

import io.lakesdk.query.sql.function.value.IpAddress;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Simple;
import java.math.BigDecimal;
import java.sql.Blob;
import java.sql.SQLException;
import java.sql.Struct;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as Trino's protocol shows them. */
final class Shown {

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

  private static final DateTimeFormatter MICROS_OF_DAY =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ROOT);

  private Shown() {}

  static @Nullable Object value(@Nullable Object value, SqlType type) throws SQLException {
    if (value == null) {
      return null;
    } else if (type instanceof SqlType.Array array) {
      List<Object> elements = new ArrayList<>();
      Object[] all =
          value instanceof java.sql.Array list ? (Object[]) list.getArray() : (Object[]) value;
      for (Object element : all) {
        elements.add(value(element, array.element()));
      }
      return elements;
    } else if (type instanceof SqlType.MapOf map) {
      Map<String, Object> entries = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        entries.put(
            String.valueOf(value(entry.getKey(), map.key())), value(entry.getValue(), map.value()));
      }
      return entries;
    } else if (type instanceof SqlType.Row row) {
      List<Object> fields = new ArrayList<>();
      Object[] all = ((Struct) value).getAttributes();
      for (int i = 0; i < all.length; i++) {
        fields.add(value(all[i], row.fields().get(i).type()));
      }
      return fields;
    } else if (type == Simple.INTERVAL_DAY_TO_SECOND) {
      return interval((Long) value);
    } else if (type == Simple.INTERVAL_YEAR_TO_MONTH) {
      int months = (Integer) value;
      return (months < 0 ? "-" : "") + Math.abs(months) / 12 + "-" + Math.abs(months) % 12;
    } else if (value instanceof LocalTime time) {
      int digits = ((SqlType.Time) type).precision();
      String text = time.format(MICROS_OF_DAY);
      return text.substring(0, 8 + (digits == 0 ? 0 : digits + 1));
    } else if (type == Simple.IPADDRESS && value instanceof Blob blob) {
      return IpAddress.print(blob.getBytes(1, (int) blob.length()));
    } else if (value instanceof LocalDateTime time) {
      return MILLIS.format(time);
    } else if (value instanceof java.sql.Timestamp time) {
      return MILLIS.format(time.toLocalDateTime());
    } else if (value instanceof OffsetDateTime time) {
      String known = ((SqlType.TimestampWithTimeZone) type).zone();
      String zone = known.isEmpty() ? "UTC" : known;
      return MILLIS.format(time.atZoneSameInstant(ZoneId.of(zone))) + " " + zone;
    } else if (value instanceof Blob blob) {
      return java.util.Base64.getEncoder().encodeToString(blob.getBytes(1, (int) blob.length()));
    } else if (value instanceof Boolean || (value instanceof Number && !isText(type))) {
      return value;
    }
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }

  private static boolean isText(SqlType type) {
    return type instanceof SqlType.Decimal;
  }

  private static String interval(long millis) {
    long rest = Math.abs(millis);
    return String.format(
        Locale.ROOT,
        "%s%d %02d:%02d:%02d.%03d",
        millis < 0 ? "-" : "",
        rest / 86_400_000,
        rest / 3_600_000 % 24,
        rest / 60_000 % 60,
        rest / 1000 % 60,
        rest % 1000);
  }
}
