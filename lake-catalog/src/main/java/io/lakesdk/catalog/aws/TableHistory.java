package io.lakesdk.catalog.aws;

import io.lakesdk.catalog.definition.DefinitionStore.Registered;
import io.lakesdk.error.InvalidDefinitionException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.glue.model.Table;

/**
 * Tells the definitions that a dataset had from the versions that Glue keeps of its table. Glue
 * keeps one for each update; those in a row that say the same of the dataset are one here, since
 * publishing moves locations and others set parameters. Versions that are no datasets are left out.
 */
final class TableHistory {

  private static final Logger LOG = LoggerFactory.getLogger(TableHistory.class);

  private final TableReader reader;

  TableHistory(TableReader reader) {
    this.reader = reader;
  }

  /**
   * The definitions, the newest first.
   *
   * @param versions by Glue's number
   */
  List<Registered> of(Map<String, Table> versions) {
    Deque<Registered> newestFirst = new ArrayDeque<>();
    long number = -1;
    List<String> oldestFirst = new ArrayList<>(versions.keySet());
    oldestFirst.sort(Comparator.comparingLong(Long::parseLong));
    for (String versionId : oldestFirst) {
      Table table = Objects.requireNonNull(versions.get(versionId));
      try {
        Registered read = reader.read(table);
        if (newestFirst.isEmpty() || !newestFirst.element().dataset().equals(read.dataset())) {
          boolean byAnother = read.number() == number;
          newestFirst.push(
              new Registered(
                  newestFirst.size() + 1L,
                  read.dataset(),
                  byAnother ? TableReader.changed(table) : read.at(),
                  byAnother ? TableReader.ANOTHER_TOOL : read.by()));
        }
        number = read.number();
      } catch (InvalidDefinitionException noDataset) {
        LOG.debug("A version of a table is left out: {}", noDataset.getMessage());
      }
    }
    return List.copyOf(newestFirst);
  }
}
