package io.lakesdk.ingest;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.OutcomeUnknownException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.ingest.embedded.EmbeddedIngestion;

/**
 * Loads data into the lake's datasets.
 *
 * <p>A load becomes visible as a whole, or not at all: whatever it throws, the dataset is as it
 * was, and the same load may be repeated. Repeating a load that had become visible changes nothing,
 * because loads are recognised by what they bring; the sources say how. A load that was given a
 * {@linkplain Load#as name} is recognised by that name and the dataset alone.
 *
 * <p>Loading registers the dataset in the catalog, or gives it the definition here where {@code
 * Catalog.register} allows that, in the same moment in which the data becomes visible. Thread-safe;
 * loads of several threads and processes into one dataset are independent of each other.
 */
public interface Ingestion {

  static Ingestion of(Lake lake) {
    return new EmbeddedIngestion(lake);
  }

  /** Adds what the source has to the dataset: {@code load(source, Load.into(dataset))}. */
  default Receipt load(IngestionSource source, Dataset dataset) {
    return load(source, Load.into(dataset));
  }

  /**
   * Loads what the source has. Needs WRITE on the dataset's zone, and asks for it before anything
   * is read.
   *
   * @throws AccessDeniedException naming the grant that is missing
   * @throws NotFoundException if the source is not there
   * @throws BadDataException if something of the source does not fit, or changes while it is read;
   *     names the file, or the record and the column
   * @throws InvalidDefinitionException if the source cannot be loaded into such a dataset
   * @throws ConflictException if the load replaces what somebody else changed meanwhile
   * @throws UnavailableException if the source cannot be read or the lake cannot be written; the
   *     load may be repeated
   * @throws OutcomeUnknownException if the lake did not answer when the load was to become visible;
   *     repeating it lands it once
   */
  Receipt load(IngestionSource source, Load load);
}
