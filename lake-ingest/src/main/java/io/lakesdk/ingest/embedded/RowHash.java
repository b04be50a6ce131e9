package io.lakesdk.ingest.embedded;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.lakesdk.schema.Column;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of rows: the same for the same values of the same columns, in the same order. The
 * entries of a map count in any order, because a map has none.
 */
final class RowHash {

  private final Hasher hasher = Hashing.sha256().newHasher();

  RowHash(List<Column> columns) {
    columns.forEach(column -> text(hasher, column.toString()));
  }

  void add(@Nullable Object[] row) {
    for (Object value : row) {
      value(hasher, value);
    }
  }

  String text() {
    return hasher.hash().toString();
  }

  private static void value(Hasher into, @Nullable Object value) {
    if (value == null) {
      into.putChar('0');
    } else if (value instanceof List<?> list) {
      into.putChar('l').putInt(list.size());
      list.forEach(element -> value(into, element));
    } else if (value instanceof Map<?, ?> map) {
      into.putChar('m').putInt(map.size());
      map.entrySet().stream()
          .map(RowHash::entry)
          .sorted()
          .forEach(hash -> into.putString(hash, StandardCharsets.US_ASCII));
    } else if (value instanceof byte[] bytes) {
      into.putChar('b').putInt(bytes.length).putBytes(bytes);
    } else if (value instanceof BigDecimal number) {
      text(into.putChar('d'), number.toPlainString());
    } else if (value instanceof Double number) {
      into.putChar('f').putDouble(number);
    } else if (value instanceof Long number) {
      into.putChar('i').putLong(number);
    } else {
      text(into.putChar('t'), value.toString());
    }
  }

  private static String entry(Map.Entry<?, ?> entry) {
    Hasher own = Hashing.sha256().newHasher();
    value(own, entry.getKey());
    value(own, entry.getValue());
    return own.hash().toString();
  }

  private static void text(Hasher into, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    into.putInt(bytes.length).putBytes(bytes);
  }
}
