package io.lakesdk.ingest;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Loads one drop after the other, and records with each, until it is killed. */
final class CrashingLoads {

  static final int FILES = 3;
  static final int RECORDS = 20;

  static final Dataset DROPS = Dataset.named("crash.drops").in(Zone.RAW).format(Format.CSV).build();
  static final Dataset ROWS =
      Dataset.named("crash.rows").in(Zone.CURATED).columns(Line.class).build();

  /** A record of a load. */
  record Line(int load, int number) {}

  private CrashingLoads() {}

  /** Lake, folder of the drops, how many drops there are. */
  public static void main(String[] arguments) {
    int drops = Integer.parseInt(arguments[2]);
    try (Lake lake = Lake.at(Path.of(arguments[0]))) {
      System.out.println("opened");
      for (int load = 0; load < drops; load++) {
        load(lake, Path.of(arguments[1]), load);
      }
    }
    System.out.println("done");
  }

  private static void load(Lake lake, Path drops, int load) {
    Ingestion ingest = Ingestion.of(lake);
    ingest.load(IngestionSource.files(drops.resolve("drop" + load)), DROPS);
    ingest.load(IngestionSource.records(records(load)), ROWS);
    System.out.println("loaded " + load);
  }

  private static List<Line> records(int load) {
    return IntStream.range(0, RECORDS).mapToObj(number -> new Line(load, number)).toList();
  }
}
