package io.lakesdk.query;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * What a statement costs in Athena, or would cost there: the bytes that it scanned, rounded up to
 * whole megabytes, ten of them at least, at a price for a terabyte. Statements that define or tell
 * something are free, and so are those that failed and answers that were given again; one that was
 * cancelled pays for what it had scanned. Megabytes and terabytes are powers of 1,024. Source:
 * "Amazon Athena pricing" and the AWS Pricing Calculator.
 *
 * @param bytes that are paid for; 0 of what is free
 * @param pricePerTerabyte in US dollars
 */
public record Bill(long bytes, BigDecimal pricePerTerabyte) {

  /** What Athena asks in most regions, in US dollars. */
  public static final BigDecimal USUAL_PRICE = new BigDecimal(5);

  private static final long MEGABYTE = 1L << 20;
  private static final long LEAST = 10 * MEGABYTE;
  private static final BigDecimal TERABYTE = new BigDecimal(1L << 40);

  public Bill {
    Objects.requireNonNull(pricePerTerabyte, "pricePerTerabyte");
    if (pricePerTerabyte.signum() < 0) {
      throw new InvalidDefinitionException(
          "set", Subject.option("pricePerTerabyte"), "it is an amount of US dollars, 0 or more");
    }
  }

  /** Of a statement that scanned so many bytes, at the usual price. */
  public static Bill scanned(long bytes) {
    long megabytes = bytes / MEGABYTE + (bytes % MEGABYTE == 0 ? 0 : 1);
    return new Bill(Math.max(LEAST, Math.multiplyExact(megabytes, MEGABYTE)), USUAL_PRICE);
  }

  /** Of a statement that costs nothing. */
  public static Bill free() {
    return new Bill(0, USUAL_PRICE);
  }

  /** The same bytes at another price. */
  public Bill at(BigDecimal otherPricePerTerabyte) {
    return new Bill(bytes, otherPricePerTerabyte);
  }

  /** In US dollars, exact. */
  public BigDecimal price() {
    return pricePerTerabyte.multiply(BigDecimal.valueOf(bytes)).divide(TERABYTE);
  }
}
