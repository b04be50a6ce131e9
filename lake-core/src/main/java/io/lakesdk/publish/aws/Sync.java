package io.lakesdk.publish.aws;

import io.lakesdk.AwsBackend;
import io.lakesdk.Dataset;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.aws.GlueTables.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.glue.model.Table;

/**
 * Brings one dataset's table in Glue to the newest version of the log. Whoever changes a dataset
 * does so, for all that others left undone too.
 *
 * <p>Before anything is changed that Glue or S3 would not refuse to a latecomer, a note says which
 * partitions that may be. Only who wrote the note removes it when all is done, so that the next
 * finds what somebody who was interrupted may have left, at whatever call that was.
 */
final class Sync {

  /** The one whose columns and SerDe the partitions have, which are copies of the table's. */
  static final String OF_PARTITIONS = "lake.definition-of-partitions";

  /** The log's entry that the table shows. */
  static final String ENTRY = "lake.published-entry";

  /** The dataset's version that the table shows. */
  static final String VERSION = "lake.published-version";

  /** Where the table pointed when it was made to show that. */
  static final String LOCATION = "lake.published-location";

  static final String NULL = "__HIVE_DEFAULT_PARTITION__";
  private static final int MOST = 20;
  private static final int ROUNDS = 5;

  private final Transactions transactions;
  private final Dataset dataset;
  private final Log log;
  private final Places places;
  private final Views views;
  private final GlueTables tables;
  private final Instant now;

  Sync(
      AwsBackend backend,
      Transactions transactions,
      GlueTables tables,
      Dataset dataset,
      Instant now) {
    this.transactions = transactions;
    this.tables = tables;
    this.dataset = dataset;
    this.log = transactions.log(dataset.id());
    this.places = new Places(backend, dataset);
    this.views = new Views(backend, dataset, places, now);
    this.now = now;
  }

  /** Whether another tool made the table, whose files are then all that Glue says. */
  static boolean isForeign(Table table) {
    return !table.parameters().containsKey(GluePublishing.FOLDER);
  }

  /** Shows what is newest, where Glue has a table of the dataset. */
  void run(Goal.Scope scope) {
    for (int attempt = 0; attempt < MOST; attempt++) {
      Optional<Table> table = tables.find(dataset.id()).filter(Sync::isOfFiles);
      if (table.isEmpty() || isDone(table.get(), scope)) {
        return;
      }
    }
    throw new ConflictException(
        "show in Glue the newest version of",
        Subject.dataset(dataset.id()),
        "others keep changing the table; it is published, and whoever publishes next shows it too");
  }

  /** Tables of another kind, and those that another tool made, are not changed. */
  private static boolean isOfFiles(Table table) {
    return table.storageDescriptor() != null
        && !isForeign(table)
        && !"VIRTUAL_VIEW".equals(table.tableType())
        && !table.parameters().containsKey("table_type");
  }

  private boolean isDone(Table table, Goal.Scope scope) {
    log.refresh();
    Notes notes = Notes.of(transactions.objects(), dataset.id(), now);
    long shown = isMoved(table) ? -1 : entry(table);
    boolean behind = notes.all() || isRedefined(table);
    Goal.Scope all = behind ? Goal.Scope.ALL : scope;
    Goal goal = log.look(state -> Goal.of(state, places, shown, notes.paths(), all));
    if (goal.content() == 0
        || (shown == goal.content() && notes.isEmpty() && all == Goal.Scope.CHANGED)) {
      return true;
    }
    Notes.Own own = new Notes.Own(transactions.objects(), dataset.id(), goal, now);
    boolean done =
        dataset.isPartitioned() ? showPartitions(table, goal, own) : showTable(table, goal, own);
    if (done) {
      own.forget();
      notes.forgetOld();
    }
    return done && log.refresh().look(state -> state.content) == goal.content();
  }

  private static long entry(Table table) {
    String text = table.parameters().getOrDefault(ENTRY, "");
    return text.matches("\\d{1,15}") ? Long.parseLong(text) : -1;
  }

  /** Whether the partitions are of an earlier definition. */
  private boolean isRedefined(Table table) {
    return dataset.isPartitioned()
        && !definition(table).equals(table.parameters().getOrDefault(OF_PARTITIONS, ""));
  }

  private static String definition(Table table) {
    return table.parameters().getOrDefault(GluePublishing.DEFINITION, "");
  }

  /** Whether somebody pointed the table elsewhere. */
  private boolean isMoved(Table table) {
    return !dataset.isPartitioned()
        && !table
            .parameters()
            .getOrDefault(LOCATION, "")
            .equals(table.storageDescriptor().location());
  }

  private boolean showTable(Table table, Goal goal, Notes.Own own) {
    Optional<String> current = places.folder(table.storageDescriptor().location());
    String uri =
        places.uri(
            goal.wanted().isEmpty()
                ? Places.empty(dataset)
                : folder(goal.wanted().get(0), current, own));
    return tables.update(
        dataset.id(),
        table,
        Optional.of(uri),
        Map.of(
            ENTRY,
            Long.toString(goal.content()),
            VERSION,
            Long.toString(goal.version()),
            LOCATION,
            uri));
  }

  private String folder(Views.Wanted wanted, Optional<String> current, Notes.Own own) {
    if (wanted.exact().isEmpty()) {
      own.write();
    }
    return views.folder(wanted, current);
  }

  private boolean showPartitions(Table table, Goal goal, Notes.Own own) {
    own.write();
    Map<List<String>, String> there = there(goal);
    Map<List<String>, String> create = new LinkedHashMap<>();
    Map<List<String>, String> update = new LinkedHashMap<>();
    for (Views.Wanted wanted : goal.wanted()) {
      List<String> values = values(wanted.path());
      Optional<String> current = Optional.ofNullable(there.get(values));
      String uri = places.uri(views.folder(wanted, current.flatMap(places::folder)));
      boolean known = goal.complete() ? current.isPresent() : goal.known().contains(wanted.path());
      if (!known) {
        create.put(values, uri);
      } else if (isRedefined(table) || !current.equals(Optional.of(uri))) {
        update.put(values, uri);
      }
    }
    Set<List<String>> delete = new HashSet<>();
    goal.emptied().forEach(path -> delete.add(values(path)));
    if (goal.complete()) {
      Set<List<String>> kept =
          goal.wanted().stream().map(one -> values(one.path())).collect(Collectors.toSet());
      there.keySet().stream().filter(values -> !kept.contains(values)).forEach(delete::add);
      delete.retainAll(there.keySet());
    }
    change(table, create, update, delete);
    return tables.update(
        dataset.id(),
        table,
        Optional.empty(),
        Map.of(
            ENTRY,
            Long.toString(goal.content()),
            VERSION,
            Long.toString(goal.version()),
            OF_PARTITIONS,
            definition(table)));
  }

  /** What Glue has of the partitions of which that must be known. */
  private Map<List<String>, String> there(Goal goal) {
    if (goal.complete()) {
      return tables.partitions(dataset.id());
    }
    List<List<String>> asked =
        goal.wanted().stream()
            .filter(wanted -> wanted.exact().isEmpty())
            .map(wanted -> values(wanted.path()))
            .toList();
    return asked.isEmpty() ? Map.of() : tables.partitions(dataset.id(), asked);
  }

  private static List<String> values(String path) {
    return Partition.parse(path).values().values().stream()
        .map(value -> value.orElse(NULL))
        .toList();
  }

  /**
   * Changes partitions until Glue has refused none. A partition that is there already is updated,
   * one that is not is made, and one that need not be deleted is not.
   */
  private void change(
      Table table,
      Map<List<String>, String> toCreate,
      Map<List<String>, String> toUpdate,
      Set<List<String>> toDelete) {
    Map<List<String>, String> all = new HashMap<>(toCreate);
    all.putAll(toUpdate);
    Map<List<String>, String> create = toCreate;
    Map<List<String>, String> update = toUpdate;
    List<List<String>> delete = List.copyOf(toDelete);
    List<Refused> refused = List.of();
    for (int round = 0; round < ROUNDS; round++) {
      refused = new ArrayList<>();
      Map<List<String>, String> createNext = new LinkedHashMap<>();
      Map<List<String>, String> updateNext = new LinkedHashMap<>();
      List<List<String>> deleteNext = new ArrayList<>();
      for (Refused one : tables.create(dataset.id(), table, create)) {
        boolean exists = one.code().equals("AlreadyExistsException");
        (exists ? updateNext : createNext).put(one.values(), location(all, one));
        refused.add(one);
      }
      for (Refused one : tables.update(dataset.id(), table, update)) {
        boolean absent = one.code().equals("EntityNotFoundException");
        (absent ? createNext : updateNext).put(one.values(), location(all, one));
        refused.add(one);
      }
      for (Refused one : tables.delete(dataset.id(), delete)) {
        if (!one.code().equals("EntityNotFoundException")) {
          deleteNext.add(one.values());
          refused.add(one);
        }
      }
      if (refused.isEmpty()) {
        return;
      }
      create = createNext;
      update = updateNext;
      delete = deleteNext;
      Log.pause(50L << round);
    }
    throw new UnavailableException(
        "show in Glue the newest version of",
        Subject.dataset(dataset.id()),
        "Glue refused to change "
            + refused.size()
            + " of its partitions ("
            + refused.get(0).code()
            + "); it is published, and publishing it again or a vacuum changes them");
  }

  private static String location(Map<List<String>, String> all, Refused refused) {
    return Optional.ofNullable(all.get(refused.values())).orElseThrow();
  }

  /** The folders that Glue points at now. */
  Set<String> shown() {
    Set<String> folders = new HashSet<>();
    tables
        .find(dataset.id())
        .filter(Sync::isOfFiles)
        .ifPresent(
            table -> {
              places.folder(table.storageDescriptor().location()).ifPresent(folders::add);
              if (dataset.isPartitioned()) {
                folders.clear();
                tables
                    .partitions(dataset.id())
                    .values()
                    .forEach(uri -> places.folder(uri).ifPresent(folders::add));
              }
            });
    return folders;
  }
}
