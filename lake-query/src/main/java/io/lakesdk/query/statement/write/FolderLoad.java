package io.lakesdk.query.statement.write;

import io.lakesdk.AwsBackend;
import io.lakesdk.AwsPlace;
import io.lakesdk.Backend;
import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.catalog.Definitions;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.OutcomeUnknownException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.query.Rows;
import io.lakesdk.query.rows.FixedRows;
import io.lakesdk.query.statement.PlannedQuery;
import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.LocalFiles.Staging.Adoption;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.PutOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the rows of a query into a folder of a zone. Files are written first, and then become
 * objects together; of an embedded lake in one transaction. On AWS those that are there when one
 * fails are removed again.
 */
public final class FolderLoad {

  private final Backend backend;
  private final Dataset shape;
  private final AwsPlace place;
  private final ObjectStore store;

  /**
   * @param shape whose columns, partitions and format the files have
   * @throws InvalidDefinitionException if the folder is, has, or lies in, the location of a dataset
   */
  public FolderLoad(Lake lake, Dataset shape) {
    this.backend = lake.backend();
    this.shape = shape;
    this.place = new AwsPlace(shape.zone(), shape.location());
    this.store = backend.store(place.zone());
    if (Definitions.of(lake).overlapping(shape).isPresent()) {
      throw new InvalidDefinitionException(
          "unload to",
          subject(),
          "the folder overlaps with the location of a dataset, of which the files would not be part;"
              + " take another folder, or INSERT INTO the dataset");
    }
  }

  private Subject subject() {
    return Subject.object(place.zone(), place.folder());
  }

  /**
   * Runs the query.
   *
   * @return the answer of the statement
   * @throws AlreadyExistsException if there are objects in the folder; not where partitions are
   *     written, which then hold more rows
   */
  public Rows run(PlannedQuery query, List<PlannedQuery.Written> columns) {
    requireRoom();
    try (LocalFiles.Staging staging = backend.files().stage()) {
      List<Draft.NewFile> files =
          query.write(columns, shape, staging).stream().filter(file -> file.rows() > 0).toList();
      TableLoad.requireFewPartitions(subject(), files.stream().map(Draft.NewFile::partition));
      adopt(staging, named(files));
      return FixedRows.written(files.stream().mapToLong(Draft.NewFile::rows).sum(), query.stats());
    }
  }

  private void requireRoom() {
    if (!shape.isPartitioned() && store.all(place.folder()).findAny().isPresent()) {
      throw new AlreadyExistsException(
          "unload to",
          subject(),
          "there are objects in the folder, which must be empty; delete them, or take another"
              + " folder");
    }
  }

  private Map<String, Draft.NewFile> named(List<Draft.NewFile> files) {
    String load = LoadId.unique().text();
    Map<String, Draft.NewFile> named = new LinkedHashMap<>();
    for (Draft.NewFile file : files) {
      String partition = file.partition().path();
      named.put(
          "%s%s%s-%05d.%s"
              .formatted(
                  place.folder(),
                  partition.isEmpty() ? "" : partition + "/",
                  load,
                  named.size(),
                  Format.fileEnding(shape.format())),
          file);
    }
    return named;
  }

  private void adopt(LocalFiles.Staging staging, Map<String, Draft.NewFile> files) {
    PutOptions options = PutOptions.defaults().ifAbsent();
    try {
      backend.atomically(
          () -> {
            requireRoom();
            return staging.adopt(
                place.zone(),
                files.entrySet().stream()
                    .map(one -> new Adoption(one.getValue().file(), one.getKey(), options))
                    .toList());
          });
    } catch (OutcomeUnknownException e) {
      settle(files, e);
    } catch (LakeException e) {
      withdraw(files, e);
      throw e;
    }
  }

  /** Where an answer was lost, the names of the files tell whether they are there. */
  private void settle(Map<String, Draft.NewFile> files, OutcomeUnknownException unknown) {
    try {
      if (files.keySet().stream().allMatch(store::exists)) {
        return;
      }
    } catch (LakeException e) {
      unknown.addSuppressed(e);
    }
    withdraw(files, unknown);
    throw unknown;
  }

  /** Removes what a transaction of the lake does not. */
  private void withdraw(Map<String, Draft.NewFile> files, LakeException failure) {
    if (!(backend instanceof AwsBackend)) {
      return;
    }
    for (String key : files.keySet()) {
      try {
        store
            .versions(key)
            .filter(version -> version.key().equals(key))
            .forEach(version -> store.deleteVersion(key, version.version()));
      } catch (LakeException e) {
        failure.addSuppressed(e);
      }
    }
  }
}
