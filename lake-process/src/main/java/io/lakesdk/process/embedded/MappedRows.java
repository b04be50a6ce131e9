package io.lakesdk.process.embedded;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.process.Step;
import io.lakesdk.schema.RecordMapper;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows that a map step makes, one after the other, as they are asked for. */
final class MappedRows<A extends Record, B extends Record> implements Iterator<@Nullable Object[]> {

  private final Iterator<A> input;
  private final Step.Map<A, B> step;
  private final RecordMapper<B> mapper;
  private final String pipeline;
  private final int number;
  private Iterator<? extends B> current = Collections.emptyIterator();
  private long rowsIn;
  private long rowsOut;

  MappedRows(Iterator<A> input, Step.Map<A, B> step, String pipeline, int number) {
    this.input = input;
    this.step = step;
    this.mapper = RecordMapper.of(step.to());
    this.pipeline = pipeline;
    this.number = number;
  }

  long rowsIn() {
    return rowsIn;
  }

  long rowsOut() {
    return rowsOut;
  }

  @Override
  public boolean hasNext() {
    while (!more()) {
      if (!input.hasNext()) {
        return false;
      }
      A row = input.next();
      rowsIn++;
      current = apply(row);
    }
    return true;
  }

  @Override
  public @Nullable Object[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    B row = made();
    rowsOut++;
    try {
      return mapper.toValues(row);
    } catch (BadDataException e) {
      throw failed(e.getMessage(), e);
    }
  }

  private boolean more() {
    try {
      return current.hasNext();
    } catch (RuntimeException e) {
      throw thrown(e);
    }
  }

  private B made() {
    try {
      return Objects.requireNonNull(current.next(), "the stream of a map function held null");
    } catch (RuntimeException e) {
      throw thrown(e);
    }
  }

  private Iterator<? extends B> apply(A row) {
    try {
      return step.function().apply(row).iterator();
    } catch (RuntimeException e) {
      throw thrown(e);
    }
  }

  private LakeException thrown(RuntimeException e) {
    return failed("its function threw " + e.getClass().getName() + ", which is the cause", e);
  }

  private BadDataException failed(@Nullable String reason, RuntimeException cause) {
    return new BadDataException(
        "run",
        Subject.of(Subject.Kind.PIPELINE, pipeline),
        "step " + number + " (" + step.name() + ") failed on row " + rowsIn + ": " + reason,
        cause);
  }
}
