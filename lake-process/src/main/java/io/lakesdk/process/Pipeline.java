package io.lakesdk.process;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Zone;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.Write;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A description of how one dataset is made out of others: a read, steps, a write. It is a value;
 * {@link Processing#run} runs it.
 *
 * @param name 1 to 79 letters, digits or any of {@code . _ -}
 * @param input the dataset that is read, whole
 * @param steps what happens to its rows, in order
 * @param output the dataset that is written; without columns it gets those of the rows
 * @param write what the run does to the rows that are there
 * @param quarantine the dataset for the rows that are kept aside; {@code <output>_quarantine}
 *     unless told otherwise
 * @param quarantineZone where that is; the zone of the output unless told otherwise
 */
public record Pipeline(
    String name,
    Dataset input,
    List<Step> steps,
    Dataset output,
    Write write,
    DatasetId quarantine,
    Zone quarantineZone) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,78}");

  public Pipeline {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidDefinitionException(
          "name",
          Subject.of(Subject.Kind.PIPELINE, name),
          "a pipeline's name has 1 to 79 letters, digits or any of . _ - and starts with a letter"
              + " or digit, since it becomes part of the names of loads");
    }
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(write, "write");
    Objects.requireNonNull(quarantine, "quarantine");
    Objects.requireNonNull(quarantineZone, "quarantineZone");
    steps = List.copyOf(steps);
  }

  /** Starts a description. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /**
   * The datasets for rows kept aside, one for each {@link Step.Expect} in order, since the rows may
   * have other columns at each: the second one's name ends with {@code _2}, and so on.
   */
  public List<DatasetId> quarantines() {
    int places = (int) steps.stream().filter(Step.Expect.class::isInstance).count();
    return IntStream.rangeClosed(1, places)
        .mapToObj(
            place ->
                place == 1
                    ? quarantine
                    : new DatasetId(quarantine.database(), quarantine.table() + "_" + place))
        .toList();
  }

  /**
   * Collects what a pipeline is, in the order in which it happens: {@link #read} first, {@link
   * #write} last, steps between them in any order and number.
   */
  public static final class Builder {
    private final String name;
    private @Nullable Dataset input;
    private @Nullable Dataset output;
    private @Nullable Write write;
    private final List<Step> steps = new ArrayList<>();
    private Optional<DatasetId> quarantine = Optional.empty();
    private Optional<Zone> quarantineZone = Optional.empty();

    private Builder(String name) {
      this.name = Objects.requireNonNull(name, "name");
    }

    /** Reads all rows of a dataset, as far as the lake's principal may see them. */
    public Builder read(Dataset dataset) {
      Objects.requireNonNull(dataset, "dataset");
      if (input != null || !steps.isEmpty() || output != null) {
        throw invalid(
            "read",
            "a pipeline reads one dataset, first of all; join others by their names in an sql"
                + " step");
      }
      input = dataset;
      return this;
    }

    /**
     * Keeps rows aside that break a rule: they go no further, and stand in the quarantine dataset
     * with the rule and the reason, from where {@link Processing#replay} takes them up again. The
     * columns are those that the rows have at this place.
     */
    public Builder expect(Rule... rules) {
      return step("expect", new Step.Expect(distinct("expect", List.of(rules))));
    }

    /** Ends the run with nothing written if any row breaks a rule. */
    public Builder require(Rule... rules) {
      return step("require", new Step.Require(distinct("require", List.of(rules))));
    }

    /**
     * Replaces the rows by the result of a SELECT in Athena's SQL, for which they are the relation
     * {@code input}. It may join other datasets of the lake by name.
     */
    public Builder sql(String statement) {
      Objects.requireNonNull(statement, "statement");
      if (statement.isBlank()) {
        throw invalid("sql", "the statement is empty; write a SELECT ... FROM input");
      }
      return step("sql", new Step.Sql(statement));
    }

    /** Replaces every row by the one that a function makes of it. */
    public <A extends Record, B extends Record> Builder map(
        Class<A> from, Class<B> to, Function<? super A, ? extends B> function) {
      Objects.requireNonNull(function, "function");
      return flatMap(
          from,
          to,
          row ->
              Stream.of(
                  Objects.requireNonNull(
                      function.apply(row),
                      "a map function returned null; use flatMap to leave rows out")));
    }

    /**
     * Replaces every row by those that a function makes of it, which may be none: {@code
     * Optional.stream()} helps.
     */
    public <A extends Record, B extends Record> Builder flatMap(
        Class<A> from, Class<B> to, Function<? super A, ? extends Stream<? extends B>> function) {
      return step("map", new Step.Map<>(from, to, function));
    }

    /** Writes the rows; columns are matched by name. */
    public Builder write(Dataset dataset, Write mode) {
      Objects.requireNonNull(dataset, "dataset");
      Objects.requireNonNull(mode, "mode");
      if (output != null) {
        throw invalid(
            "write", "a pipeline writes one dataset; make another pipeline for the other");
      }
      output = dataset;
      write = mode;
      return this;
    }

    /** Keeps rows aside in a dataset of this name, {@code database.table}. */
    public Builder quarantinedAs(String dataset) {
      quarantine = Optional.of(DatasetId.parse(dataset));
      return this;
    }

    /** Keeps rows aside in this zone. */
    public Builder quarantinedIn(Zone zone) {
      quarantineZone = Optional.of(zone);
      return this;
    }

    /**
     * The pipeline.
     *
     * @throws InvalidDefinitionException if something is missing
     */
    public Pipeline build() {
      if (input == null) {
        throw invalid("read", "it reads nothing; begin with .read(dataset)");
      }
      if (output == null || write == null) {
        throw invalid("write", "it writes nothing; end with .write(dataset, Write.append())");
      }
      if (output.id().equals(input.id())) {
        throw invalid(
            "write", "it writes " + output.id() + ", which it reads; write another dataset");
      }
      DatasetId target = output.id();
      return new Pipeline(
          name,
          input,
          steps,
          output,
          write,
          quarantine.orElseGet(
              () -> new DatasetId(target.database(), target.table() + "_quarantine")),
          quarantineZone.orElse(output.zone()));
    }

    private Builder step(String option, Step step) {
      if (input == null) {
        throw invalid(option, "a step needs rows to work on; begin with .read(dataset)");
      }
      if (output != null) {
        throw invalid(option, "nothing follows the write; put the step before .write");
      }
      steps.add(step);
      return this;
    }

    private List<Rule> distinct(String option, List<Rule> rules) {
      if (rules.isEmpty()) {
        throw invalid(option, "it has no rules; give at least one");
      }
      Set<String> names = new HashSet<>();
      for (Rule rule : rules) {
        if (!names.add(rule.name())) {
          throw invalid(
              option,
              "two of its rules are called "
                  + rule.name()
                  + "; name one with Rule.that(name, condition), or put it in a step of its own");
        }
      }
      return rules;
    }

    private InvalidDefinitionException invalid(String option, String reason) {
      return new InvalidDefinitionException(
          "define", Subject.of(Subject.Kind.PIPELINE, name), "." + option + ": " + reason);
    }
  }
}
