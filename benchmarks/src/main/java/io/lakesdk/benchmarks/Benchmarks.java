package io.lakesdk.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the measurements, all of them or those named, and prints a line for each. */
public final class Benchmarks {

  private static final Map<String, Measurement> ALL = new LinkedHashMap<>();

  static {
    ALL.put("cold", new FlightsLakeCold());
    ALL.put("warm", new SmallLakeWarm());
    ALL.put("pipeline", new PipelineAgainstCopy());
    ALL.put("appends", new ManyAppends());
    ALL.put("puts", new PutsIntoFullLake());
    ALL.put("tpch", new TpchAgainstBare());
    ALL.put("stream", new StreamAgainstBare());
    ALL.put("plan", new PlanningQueries());
    ALL.put("s3-upload", S3AgainstSdk.upload());
    ALL.put("s3-download", S3AgainstSdk.download());
    ALL.put("s3-local-upload", S3AgainstSdk.localUpload());
    ALL.put("s3-local-download", S3AgainstSdk.localDownload());
    ALL.put("s3-listing", S3AgainstSdk.listing());
  }

  private Benchmarks() {}

  /**
   * Measures.
   *
   * @param args names of measurements; all of them if none
   */
  public static void main(String[] args) throws Exception {
    List<String> names = args.length == 0 ? List.copyOf(ALL.keySet()) : List.of(args);
    for (String name : names) {
      Measurement measurement = ALL.get(name);
      if (measurement == null) {
        throw new IllegalArgumentException("there is no " + name + "; there are " + ALL.keySet());
      }
      Path scratch = Files.createTempDirectory("lake-benchmark-");
      try {
        measurement.run(scratch).forEach(System.out::println);
      } finally {
        remove(scratch);
      }
    }
  }

  static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
