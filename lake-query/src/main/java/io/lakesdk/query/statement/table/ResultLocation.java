package io.lakesdk.query.statement.table;

import io.lakesdk.AwsBackend;
import io.lakesdk.AwsPlace;
import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.catalog.Definitions;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.schema.DataType;

/** The folders where results of queries are put. */
public final class ResultLocation {

  private ResultLocation() {}

  /**
   * The folder.
   *
   * @throws InvalidDefinitionException if it is none of a zone of the lake, or if its files would
   *     become part of a dataset
   */
  public static AwsPlace parse(Lake lake, String uri) {
    AwsPlace place =
        Locations.parse(lake, uri)
            .orElseThrow(
                () ->
                    new InvalidDefinitionException(
                        "put results in",
                        Subject.option("resultsIn"),
                        "it is no folder of one of the lake's zones; write s3://"
                            + (lake.backend() instanceof AwsBackend ? "bucket" : "zone")
                            + "/folder/"));
    Dataset shape =
        Dataset.named("workgroup.results")
            .in(place.zone())
            .column("result", DataType.STRING)
            .at(place.folder())
            .build();
    if (Definitions.of(lake).overlapping(shape).isPresent()) {
      throw new InvalidDefinitionException(
          "put results in",
          Subject.object(place.zone(), place.folder()),
          "the folder overlaps with the location of a dataset, whose files they would become; take"
              + " another one");
    }
    return place;
  }
}
