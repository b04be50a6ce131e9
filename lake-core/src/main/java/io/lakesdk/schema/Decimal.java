package io.lakesdk.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The size of the {@code BigDecimal} of a record component, also inside its {@code List}, {@code
 * Map} or {@code Optional}: {@code @Decimal(precision = 12, scale = 2) BigDecimal price}. Without
 * it the column is {@code decimal(38,9)}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Decimal {

  /** All digits, 1 to 38. */
  int precision();

  /** The digits after the point, 0 to the precision. */
  int scale();
}
