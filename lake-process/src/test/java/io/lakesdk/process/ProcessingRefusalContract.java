package io.lakesdk.process;

import static io.lakesdk.process.Rule.between;
import static io.lakesdk.process.Rule.notNull;
import static io.lakesdk.process.Rule.that;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Write;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import io.lakesdk.storage.ReadOptions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is refused, and that nothing has changed then. */
public abstract class ProcessingRefusalContract extends ProcessingConcurrencyContract {

  private static final Principal CLEANER = Principal.role("cleaner");

  private static Pipeline.Builder pipeline() {
    return Pipeline.named("p").read(RAW);
  }

  /** Runs a pipeline that fails, and sees that it changed nothing. */
  private LakeException failure(Pipeline pipeline) {
    return failure(pipeline, processing);
  }

  private LakeException failure(Pipeline pipeline, Processing by) {
    long published = versions(FLIGHTS);
    long keptAside = quarantined();
    LakeException[] thrown = new LakeException[1];
    assertThatThrownBy(() -> by.run(pipeline))
        .isInstanceOfSatisfying(LakeException.class, e -> thrown[0] = e);
    assertThat(versions(FLIGHTS)).isEqualTo((int) published);
    assertThat(quarantined()).isEqualTo(keptAside);
    assertThat(events).last().isInstanceOf(PipelineFailed.class);
    return thrown[0];
  }

  private long quarantined() {
    return Catalog.of(lake)
        .find(cleanByMonth().quarantine())
        .map(q -> (long) versions(q))
        .orElse(0L);
  }

  @Nested
  class ADefinitionThatDoesNotFit {

    @Test
    void isRefusedForARuleWithoutItsColumn() {
      landFlights();
      assertThat(failure(pipeline().expect(notNull("gate")).write(FLIGHTS, Write.append()).build()))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage(
              "Cannot apply rule notNull(gate): at step 2 of pipeline p: there is no column gate;"
                  + " there are id, origin, delay, day");
    }

    @Test
    void isRefusedForAConditionThatIsNotUnderstood() {
      landFlights();
      assertThat(
              failure(
                  pipeline()
                      .sql(BY_MONTH)
                      .require(that("it is early", "gate < 5"))
                      .write(FLIGHTS, Write.append())
                      .build()))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageStartingWith("Cannot apply rule it is early: at step 3 of pipeline p: ")
          .hasMessageContaining("gate");
    }

    @Test
    void isRefusedForARuleOnAColumnOfAnotherType() {
      landFlights();
      assertThat(
              failure(
                  pipeline().expect(between("day", 1, 2)).write(FLIGHTS, Write.append()).build()))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageStartingWith("Cannot apply rule between(day): at step 2 of pipeline p: ");
    }

    @Test
    void isRefusedForAStatementThatIsNotUnderstood() {
      landFlights();
      assertThat(
              failure(
                  pipeline().sql("SELECT gate FROM input").write(FLIGHTS, Write.append()).build()))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageStartingWith(
              "Cannot run pipeline p: step 2 (sql) does not fit the rows that reach it: Cannot run"
                  + " query")
          .hasMessageContaining("gate");
    }

    @Test
    void isRefusedForARecordWithoutItsColumn() {
      landFlights();
      assertThat(
              failure(
                  pipeline()
                      .map(Flight.class, Flight.class, row -> row)
                      .write(FLIGHTS, Write.append())
                      .build()))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageStartingWith(
              "Cannot run pipeline p: step 2 (map Flight to Flight) does not fit the rows that"
                  + " reach it: ")
          .hasMessageContaining("month");
    }

    @Test
    void isRefusedForAnOutputWithOtherColumns() {
      landFlights();
      assertThat(failure(pipeline().write(FLIGHTS, Write.append()).build()))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage(
              "Cannot write dataset aviation.flights: pipeline p does not fit it: the rows have no"
                  + " column month; they have id, origin, delay, day");
      assertThat(
              failure(
                  pipeline()
                      .sql("SELECT *, 1 AS month FROM input")
                      .write(FLIGHTS, Write.append())
                      .build()))
          .hasMessage(
              "Cannot write dataset aviation.flights: pipeline p does not fit it: the rows have"
                  + " columns that it has not: day; leave them out of the last select, or add them"
                  + " to the dataset");
    }

    @Test
    void isRefusedForAnOutputOfAnotherType() {
      landFlights();
      assertThat(
              failure(
                  pipeline()
                      .sql("SELECT id, origin, day AS delay, 1 AS month FROM input")
                      .write(FLIGHTS, Write.append())
                      .build()))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining("delay");
    }

    @Test
    void isRefusedForAQuarantineThatIsAnotherDataset() {
      landFlights();
      assertThat(
              failure(
                  pipeline()
                      .expect(notNull("id"))
                      .sql(BY_MONTH)
                      .quarantinedAs("aviation.raw_flights")
                      .write(FLIGHTS, Write.append())
                      .build()))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage(
              "Cannot keep rows aside in dataset aviation.raw_flights: it is a dataset of another"
                  + " kind; choose another name with .quarantinedAs");
    }

    @Test
    void isRefusedForAQuarantineInAnotherZone() {
      landFlights();
      processing.run(cleanByMonth());
      assertThat(
              failure(
                  clean()
                      .sql(BY_MONTH)
                      .quarantinedIn(Zone.CLEANED)
                      .write(FLIGHTS, Write.append())
                      .build()))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage(
              "Cannot keep rows aside in dataset aviation.flights_quarantine: it is in zone curated"
                  + " and not in cleaned; say so with .quarantinedIn, or choose another name with"
                  + " .quarantinedAs");
    }

    @Test
    void isRefusedForAnInputWhoseColumnsNobodyKnows() {
      Dataset unknown = Dataset.named("aviation.unknown").in(Zone.RAW).build();
      assertThat(failure(Pipeline.named("p").read(unknown).write(FLIGHTS, Write.append()).build()))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage(
              "Cannot read dataset aviation.unknown: its columns are not known; declare them, or"
                  + " crawl it first");
    }
  }

  @Nested
  class BadData {

    private void refused(Dataset dataset, String file) {
      landFlights();
      processing.run(cleanByMonth());
      List<String> before = flights();
      Pipeline reading =
          Pipeline.named("p")
              .read(dataset)
              .expect(notNull("id"))
              .sql("SELECT id, origin, delay, 1 AS month FROM input")
              .write(FLIGHTS, Write.overwrite())
              .build();
      assertThat(failure(reading))
          .isInstanceOf(BadDataException.class)
          .hasMessageContaining(file)
          .hasMessageNotContaining("SECRET");
      assertThat(flights()).isEqualTo(before);
    }

    private Dataset text(Format format) {
      return Dataset.named("aviation.text")
          .in(Zone.RAW)
          .format(format)
          .columns(RawFlight.class)
          .build();
    }

    @Test
    void inCsvIsReported() {
      Dataset csv = text(Format.CSV);
      landFile(csv, "bad.csv", "id,origin,delay,day\n1,SEA,1,x\n2,SFO,SECRET,y\n");
      refused(csv, "bad.csv");
    }

    @Test
    void inRaggedCsvIsReported() {
      Dataset csv = text(Format.CSV);
      landFile(csv, "bad.csv", "id,origin,delay,day\n1,SEA,1,x\n2,SFO,3,y,SECRET\n");
      refused(csv, "bad.csv");
    }

    @Test
    void inJsonIsReported() {
      Dataset json = text(Format.JSON_LINES);
      landFile(json, "bad.jsonl", "{\"id\":1}\n{\"id\":2,\"origin\":\"SECRET\n{\"id\":3}\n");
      refused(json, "bad.jsonl");
    }

    @Test
    void inATruncatedParquetFileIsReported() {
      land(RAW, RawFlight.class, flight(8L, "SEA", 1, "2001/01/01"));
      DataFile good = Publishing.of(lake).snapshot(RAW).files(PartitionFilter.any()).get(0);
      byte[] whole;
      try (var content = lake.store(Zone.RAW).get(good.object().key(), ReadOptions.current())) {
        whole = content.readAllBytes();
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      Dataset parquet = text(Format.PARQUET);
      landFile(parquet, "bad.parquet", Arrays.copyOf(whole, whole.length / 2));
      refused(parquet, "bad.parquet");
    }

    @Test
    void thatWouldNotFitTheOutputIsReported() {
      land(RAW, RawFlight.class, flight(3_000_000_000L, "SEA", 1, "2001/01/01"));
      assertThat(
              failure(
                  pipeline()
                      .sql("SELECT id, origin, id AS delay, 1 AS month FROM input")
                      .write(FLIGHTS, Write.append())
                      .build()))
          .isInstanceOfAny(BadDataException.class, InvalidDefinitionException.class)
          .hasMessageContaining("delay")
          .hasMessageNotContaining("3000000000");
    }

    @Test
    void isWhatAFunctionThatThrowsMetIsReported() {
      landFlights();
      LakeException failure =
          failure(
              pipeline()
                  .expect(notNull("origin"))
                  .map(
                      RawFlight.class,
                      Flight.class,
                      raw -> {
                        if (raw.id() == 3) {
                          throw new IllegalStateException("SECRET " + raw);
                        }
                        return new Flight(raw.id(), raw.origin(), raw.delay(), 1);
                      })
                  .write(FLIGHTS, Write.append())
                  .build());
      assertThat(failure)
          .isInstanceOf(BadDataException.class)
          .hasMessage(
              "Cannot run pipeline p: step 3 (map RawFlight to Flight) failed on row 3: its"
                  + " function threw java.lang.IllegalStateException, which is the cause")
          .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void isWhatAFunctionThatGivesNothingMetIsReported() {
      landFlights();
      assertThat(
              failure(
                  pipeline()
                      .map(RawFlight.class, Flight.class, raw -> null)
                      .write(FLIGHTS, Write.append())
                      .build()))
          .hasRootCauseMessage("a map function returned null; use flatMap to leave rows out");
      assertThat(
              failure(
                  pipeline()
                      .flatMap(RawFlight.class, Flight.class, raw -> Stream.of((Flight) null))
                      .write(FLIGHTS, Write.append())
                      .build()))
          .hasRootCauseMessage("the stream of a map function held null");
    }
  }

  @Nested
  class APrincipal {

    private Processing cleaner(Grant... grants) {
      landFlights();
      Security security = Security.of(lake);
      for (Grant grant : grants) {
        security.grant(grant);
      }
      return Processing.of(lake.as(CLEANER));
    }

    @Test
    void isRefusedWhatItMayNotRead() {
      Processing cleaner = cleaner(Grant.write().on(Zone.CURATED).to(CLEANER));
      assertThat(failure(cleanByMonth(), cleaner))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("aviation.raw_flights");
    }

    @Test
    void isRefusedWhereItMayNotWrite() {
      Processing cleaner = cleaner(Grant.select().on("aviation.raw_flights").to(CLEANER));
      assertThat(failure(cleanByMonth(), cleaner))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("curated");
    }

    @Test
    void isRefusedWhereItMayNotKeepRowsAside() {
      Processing cleaner =
          cleaner(
              Grant.select().on("aviation.raw_flights").to(CLEANER),
              Grant.write().on(Zone.CURATED).to(CLEANER));
      Pipeline elsewhere =
          clean()
              .sql(BY_MONTH)
              .quarantinedIn(Zone.named("rejects"))
              .write(FLIGHTS, Write.append())
              .build();
      assertThat(failure(elsewhere, cleaner))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("rejects");
    }

    @Test
    void readsTheRowsThatItMaySee() {
      Processing cleaner =
          cleaner(
              Grant.select().on("aviation.raw_flights").where("origin = 'SEA'").to(CLEANER),
              Grant.write().on(Zone.CURATED).to(CLEANER));
      RunReport report = cleaner.run(cleanByMonth());
      assertThat(report.rowsIn()).isEqualTo(1);
      assertThat(flights()).containsExactly("[1, SEA, 5, 1]");
    }

    @Test
    void mayNotReplayRowsOfWhichItSeesAPart() {
      Processing cleaner =
          cleaner(
              Grant.select().on("aviation.raw_flights").to(CLEANER),
              Grant.select("id").on("aviation.flights_quarantine").to(CLEANER),
              Grant.write().on(Zone.CURATED).to(CLEANER));
      cleaner.run(cleanByMonth());
      assertThatThrownBy(() -> cleaner.replay(cleanByMonth()))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessage(
              "Cannot replay dataset aviation.flights_quarantine: role cleaner may not see all of"
                  + " it, and rows that are not seen would be lost; grant select on all of its"
                  + " columns and rows");
      assertThat(quarantine()).hasSize(3);
    }
  }
}
