package io.lakesdk.query.aws;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Values as Athena prints them. */
final class Printed {

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);

  private Printed() {}

  static String text(Object value) {
    if (value == null) {
      return "null";
    } else if (value instanceof BigDecimal number) {
      return number.toPlainString();
    } else if (value instanceof LocalDateTime time) {
      return MILLIS.format(time);
    } else if (value instanceof Instant instant) {
      return MILLIS.format(instant.atOffset(ZoneOffset.UTC)) + " UTC";
    } else if (value instanceof byte[] bytes) {
      return HexFormat.ofDelimiter(" ").formatHex(bytes);
    } else if (value instanceof List<?> list) {
      return list.stream().map(Printed::text).collect(Collectors.joining(", ", "[", "]"));
    } else if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> text(entry.getKey()) + "=" + text(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return value.toString();
  }
}
