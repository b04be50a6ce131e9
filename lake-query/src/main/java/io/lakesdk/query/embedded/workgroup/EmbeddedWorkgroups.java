package io.lakesdk.query.embedded.workgroup;

import io.lakesdk.EmbeddedBackend;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.metadata.MetadataStore;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryExecution;
import io.lakesdk.query.QueryStats;
import io.lakesdk.query.Rows;
import io.lakesdk.query.Workgroup;
import io.lakesdk.query.Workgroups;
import io.lakesdk.query.access.WorkgroupAccess;
import io.lakesdk.query.sql.OutputColumn;
import io.lakesdk.query.statement.table.ResultLocation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The workgroups of an embedded lake, and the statements that run in them. */
public final class EmbeddedWorkgroups implements Workgroups {

  private final Lake lake;
  private final BigDecimal pricePerTerabyte;
  private final WorkgroupAccess access;

  /**
   * @param pricePerTerabyte of what statements scan, in US dollars
   */
  public EmbeddedWorkgroups(Lake lake, BigDecimal pricePerTerabyte) {
    this.lake = lake;
    this.access = new WorkgroupAccess(lake);
    this.pricePerTerabyte = pricePerTerabyte;
  }

  /** What is told of a statement on its way, and may end it by throwing. */
  public interface Watch {

    /** Nobody looks. */
    Watch NONE =
        new Watch() {
          @Override
          public void planned(Subject statement, QueryStats stats) {
            // nothing bounds it
          }

          @Override
          public void starts(Subject statement, QueryStats stats) {
            // nobody writes it down
          }

          @Override
          public Optional<Rows> earlier(
              Supplier<Optional<List<Object>>> deciding, List<OutputColumn> columns) {
            return Optional.empty();
          }
        };

    /**
     * It is known what it will read.
     *
     * @param statement how errors name it
     */
    void planned(Subject statement, QueryStats stats);

    /** It begins to read. */
    void starts(Subject statement, QueryStats stats);

    /**
     * The answer of an earlier run that may be taken instead, if there is one.
     *
     * @param deciding all that decides on the rows: what is asked, what the principal may see, and
     *     the files that are read; nothing where chance decides too
     * @param columns of the result
     */
    Optional<Rows> earlier(Supplier<Optional<List<Object>>> deciding, List<OutputColumn> columns);
  }

  /** A statement that is to run. */
  public interface Statement {

    /**
     * Runs it.
     *
     * @param started is given what cancels it
     */
    Rows run(Consumer<Runnable> started, Watch watch);
  }

  /** Runs a statement that has a workgroup, or a place for its result. */
  public Rows run(Query query, Consumer<Runnable> started, Statement statement) {
    String name = query.workgroup().orElse(Workgroup.PRIMARY);
    boolean primary = name.equals(Workgroup.PRIMARY);
    Workgroup group = primary ? Workgroup.named(name) : usable(name);
    Optional<ResultFiles> files = ResultFiles.of(lake, group, query);
    Optional<History> history = primary ? Optional.empty() : Optional.of(history());
    Attempt attempt = new Attempt(lake, history, group, query, files);
    try {
      Rows rows = statement.run(stop -> attempt.started(stop, started), attempt);
      return RecordedRows.of(rows, attempt);
    } catch (LakeException e) {
      attempt.failed(e);
      throw e;
    } catch (RuntimeException e) {
      attempt.stopped("the engine failed");
      throw e;
    }
  }

  private Workgroup usable(String name) {
    Workgroup group =
        find(name)
            .orElseThrow(
                () ->
                    WorkgroupAccess.absent(
                        "use",
                        name,
                        "make it with workgroups().register(Workgroup.named(...)), or take another"
                            + " name"));
    if (group.state() == Workgroup.State.DISABLED) {
      throw new UnavailableException(
          "use",
          WorkgroupAccess.subject(name),
          "it is disabled; whoever opened the lake can register it as enabled()");
    }
    return group;
  }

  private MetadataStore metadata() {
    if (lake.backend() instanceof EmbeddedBackend embedded) {
      return embedded.metadata();
    }
    throw new InvalidDefinitionException(
        "use",
        Subject.option("workgroup"),
        "the workgroups of a lake on AWS are Athena's, and its statements run in this process; open"
            + " it with Compute.ATHENA");
  }

  private History history() {
    return History.of(lake, metadata());
  }

  /** The metadata with the tables of workgroups. */
  private MetadataStore tables() {
    MetadataStore metadata = metadata();
    History unused = history();
    return metadata;
  }

  @Override
  public void register(Workgroup workgroup) {
    String name = workgroup.name();
    access.requireChange(name);
    if (name.equals(Workgroup.PRIMARY)) {
      throw new InvalidDefinitionException(
          "register",
          WorkgroupAccess.subject(name),
          "statements without a workgroup run in it, and it has no settings; take another name");
    }
    workgroup.results().ifPresent(folder -> ResultLocation.parse(lake, folder));
    int unused =
        tables()
            .write(
                tx -> {
                  WorkgroupTables.put(tx, workgroup);
                  return 1;
                });
  }

  @Override
  public Optional<Workgroup> find(String name) {
    access.requireUse(name);
    return tables().read(tx -> WorkgroupTables.find(tx, name));
  }

  @Override
  public List<Workgroup> list() {
    return tables().read(WorkgroupTables::list).stream()
        .filter(group -> access.mayUse(group.name()))
        .toList();
  }

  @Override
  public void remove(String name) {
    access.requireChange(name);
    if (!tables().write(tx -> WorkgroupTables.remove(tx, name))) {
      throw WorkgroupAccess.absent("remove", name);
    }
  }

  @Override
  public List<QueryExecution> executions(String workgroup, int most) {
    WorkgroupAccess.requireSome(workgroup, most);
    if (find(workgroup).isEmpty()) {
      throw WorkgroupAccess.absent("list executions of", workgroup);
    }
    Optional<Principal> by =
        lake.principal().isAdministrator() ? Optional.empty() : Optional.of(lake.principal());
    return history().list(workgroup, by, most).stream().map(this::priced).toList();
  }

  @Override
  public Optional<QueryExecution> execution(String id) {
    return history()
        .find(id)
        .filter(
            found ->
                lake.principal().isAdministrator()
                    || found.by().equals(Optional.of(lake.principal())))
        .map(this::priced);
  }

  private QueryExecution priced(QueryExecution execution) {
    QueryStats stats = execution.stats();
    return Attempt.changed(
        execution,
        execution.state(),
        execution.reason(),
        execution.completed(),
        execution.results(),
        stats.billed(stats.bill().at(pricePerTerabyte)));
  }

  @Override
  public void cancel(String id) {
    QueryExecution found = execution(id).orElseThrow(() -> WorkgroupAccess.notCancelled(id));
    if (found.state().isEnd()) {
      return;
    }
    history()
        .running(id)
        .orElseThrow(
            () ->
                new UnavailableException(
                    "cancel",
                    WorkgroupAccess.execution(id),
                    "another open lake runs it, and can cancel it there"))
        .cancel();
  }
}
