package io.lakesdk.catalog;

import io.lakesdk.AwsBackend;
import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.EmbeddedBackend;
import io.lakesdk.Lake;
import io.lakesdk.catalog.aws.GlueCatalog;
import io.lakesdk.catalog.embedded.EmbeddedCatalog;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import java.util.List;
import java.util.Optional;

/**
 * Knows the lake's datasets: what they are, every schema they had, which partitions they hold, what
 * they were made from. Everything shows only what the lake's principal may see: datasets of which
 * it may see a column, and of these the columns it may see. Thread-safe.
 */
public interface Catalog {

  static Catalog of(Lake lake) {
    return lake.backend() instanceof AwsBackend aws
        ? GlueCatalog.of(lake, aws)
        : EmbeddedCatalog.of(lake, (EmbeddedBackend) lake.backend());
  }

  /**
   * Makes a dataset known, or gives a known one the definition here: a new version of it where
   * anything differs. Registering the same again changes nothing. Needs WRITE on its zone.
   *
   * <p>Columns may be added and widened; where files are text (CSV, JSON), a number, date or
   * boolean may also become a string and a whole number a double. The columns of CSV files are
   * found by their place, so there new ones join at the end. A dataset that never had data may
   * become anything.
   *
   * @return the dataset as it is now registered
   * @throws InvalidDefinitionException if the columns cannot follow those that files were written
   *     with, naming each change that cannot be read; or if its location lies in that of another
   *     dataset of the zone, or the other way around, since each would take the other's files
   * @throws ConflictException if it would move a dataset that has data to another zone, location,
   *     format or partitioning
   */
  Dataset register(Dataset dataset);

  /**
   * A dataset with the columns that the principal may see; empty if it may see nothing of it.
   *
   * @throws InvalidDefinitionException if it is a table of Glue that another tool made and that
   *     cannot be a dataset, such as one with a type that is not known here; {@link #list()} leaves
   *     it out
   */
  Optional<Dataset> find(DatasetId id);

  /**
   * {@link #find}, where absence is an error.
   *
   * @throws NotFoundException if it is not there, or not for the principal; suggests near names
   *     that it may see
   */
  Dataset dataset(DatasetId id);

  /** The datasets that the principal may see, by id. */
  List<Dataset> list();

  /** Those of one database. */
  List<Dataset> list(String database);

  /**
   * Forgets a dataset and all its versions, and removes the files that loads wrote; files that
   * others wrote, which a crawl or a statement made part of it, stay. Needs WRITE on its zone.
   *
   * @throws NotFoundException if it is not there
   * @throws AccessDeniedException if the principal may see it and not write it
   */
  void drop(DatasetId id);

  /** Every definition that the dataset had, the newest first. */
  List<SchemaVersion> versions(DatasetId id);

  /** Its partitions, all or those of a condition. */
  PartitionListing partitions(DatasetId id);

  /**
   * What the dataset was made from, and what was made from it, in its current and past versions.
   */
  Lineage lineage(DatasetId id);

  /**
   * Looks at files and says which datasets they are; changes nothing. A type is told by every value
   * of the files, or of the beginning of large ones, as the crawler says, and comes with its
   * evidence. What cannot be a table is a problem in the preview. Needs READ on the zone.
   *
   * @throws ConflictException if a file is removed while it is looked at
   */
  CrawlPreview preview(Crawler crawler);

  /**
   * Registers the datasets of a preview and adds their files, all of it or, if this throws,
   * nothing. Files that a dataset has already are not added again, so that applying twice, or
   * crawling again, adds only what is new. Needs READ and WRITE on the zone.
   *
   * @throws BadDataException if the preview has problems
   * @throws ConflictException if a file has changed since it was looked at
   */
  CrawlReport apply(CrawlPreview preview);
}
