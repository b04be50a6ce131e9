package io.lakesdk.query.jdbc;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.error.LakeException;
import io.lakesdk.query.federated.Federation;
import io.lakesdk.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A table as metadata list it: a dataset, a view, or one of a federated source.
 *
 * @param catalog the lake's own, or the source's name
 * @param columns those that the principal may see; of a source they are asked for when needed
 */
record Listed(
    String catalog, String schema, String name, String remarks, Supplier<List<Column>> columns) {

  static Listed of(Dataset dataset) {
    return new Listed(
        LakeConnection.CATALOG,
        dataset.id().database(),
        dataset.id().table(),
        dataset.description().orElse(""),
        () -> dataset.columns().columns());
  }

  /**
   * The tables of federated sources that the principal may see.
   *
   * @param catalog the source; all of them if null, but for those that do not answer
   * @throws LakeException if the source that is named does not answer
   */
  static List<Listed> ofSources(
      Federation federation, @Nullable String catalog, LikePattern schemas, LikePattern names) {
    List<Listed> all = new ArrayList<>();
    for (String source : federation.catalogs()) {
      if (catalog != null && !catalog.toLowerCase(Locale.ROOT).equals(source)) {
        continue;
      }
      for (DatasetId id : tables(federation, source, catalog == null)) {
        if (schemas.matches(id.schema()) && names.matches(id.table())) {
          all.add(
              new Listed(
                  source,
                  id.schema(),
                  id.table(),
                  "",
                  () -> columns(federation, id, catalog == null)));
        }
      }
    }
    return all;
  }

  private static List<DatasetId> tables(Federation federation, String source, boolean ofAll) {
    try {
      return federation.tables(source);
    } catch (LakeException doesNotAnswer) {
      if (ofAll) {
        return List.of();
      }
      throw doesNotAnswer;
    }
  }

  /** A table may be gone by now, or all its granted columns. */
  private static List<Column> columns(Federation federation, DatasetId id, boolean ofAll) {
    try {
      return federation.table(id).visible().columns();
    } catch (LakeException doesNotAnswer) {
      if (ofAll) {
        return List.of();
      }
      throw doesNotAnswer;
    }
  }
}
