package io.lakesdk.catalog.parquet;

import static java.util.Objects.requireNonNull;

import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the values of a field mean. Most writers say it twice, for readers old and new, and readers
 * differ in which they take.
 */
final class Annotation {

  private static final String TEXT = "UTF8";

  private Annotation() {}

  /** Whether a field's annotation makes sense; where there are two, whether they mean the same. */
  static boolean isSound(SchemaElement element) {
    ConvertedType converted = element.getConverted_type();
    LogicalType logical = element.getLogicalType();
    if (converted == null) {
      return true;
    }
    if (converted == ConvertedType.DECIMAL && !isDecimal(element)) {
      return false;
    }
    String meaning = logical == null || !logical.isSet() ? null : meaning(logical);
    return meaning == null || meaning.equals(meaning(converted, element));
  }

  private static boolean isDecimal(SchemaElement element) {
    return element.getPrecision() > 0
        && element.getScale() >= 0
        && element.getScale() <= element.getPrecision();
  }

  private static String meaning(ConvertedType converted, SchemaElement element) {
    return switch (converted) {
      case UTF8, ENUM, JSON -> TEXT;
      case MAP, MAP_KEY_VALUE -> "MAP";
      case DECIMAL -> decimal(element.getPrecision(), element.getScale());
      default -> converted.name();
    };
  }

  /** Null where nothing is known of it. */
  private static @Nullable String meaning(LogicalType logical) {
    return switch (logical.getSetField()) {
      case STRING, ENUM, JSON -> TEXT;
      case MAP -> "MAP";
      case LIST -> "LIST";
      case DATE -> "DATE";
      case BSON -> "BSON";
      case DECIMAL -> decimal(logical.getDECIMAL().getPrecision(), logical.getDECIMAL().getScale());
      case TIME -> "TIME" + unit(requireNonNull(logical.getTIME().getUnit()));
      case TIMESTAMP -> "TIMESTAMP" + unit(requireNonNull(logical.getTIMESTAMP().getUnit()));
      case INTEGER -> integer(logical.getINTEGER());
      default -> null;
    };
  }

  private static String decimal(int precision, int scale) {
    return "DECIMAL(" + precision + "," + scale + ")";
  }

  private static String unit(TimeUnit unit) {
    return "_" + unit.getSetField().name();
  }

  private static String integer(IntType type) {
    return (type.isIsSigned() ? "INT_" : "UINT_") + type.getBitWidth();
  }
}
