package io.lakesdk.query.aws;

import io.lakesdk.AwsBackend;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.query.Bill;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.query.Workgroup;
import io.lakesdk.query.Workgroups;
import io.lakesdk.query.access.WorkgroupAccess;
import io.lakesdk.query.statement.Session;
import io.lakesdk.query.workbench.Workbench;
import java.math.BigDecimal;
import java.util.Optional;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionRequest;

/**
 * Runs statements in Athena, in the workgroup that they name, or that of the lake's settings.
 *
 * <p>{@link #run} sends the statement and does not wait: errors that Athena finds in it come from
 * what first asks for its rows, columns or statistics. Parameters go as Athena's execution
 * parameters in WHERE and as literals elsewhere. A start that is repeated because its answer was
 * lost runs once. Results go where the workgroup says, or else below {@code athena/} in the bucket
 * of the lake's metadata, in a folder for each principal; they stay there until the bucket's
 * lifecycle removes them.
 *
 * <p>Athena charges for the bytes that a statement scans, 10 MB at least, also when it is stopped;
 * what fails is free, and so is an answer that is used again. Each statement makes a handful of
 * calls, and one more for every 1,000 rows or 8 MiB of its result.
 *
 * <p>With Lake Formation, whoever is not the administrator needs a role and Athena hides what is
 * hidden from it. Without, the statement is authorised here before it runs under the lake's own
 * credentials, and refused where Athena would show more than was granted.
 *
 * <p>What is no query (CREATE TABLE AS, INSERT INTO, UNLOAD, CREATE VIEW, DDL, SHOW, DESCRIBE,
 * EXPLAIN, PREPARE) is done in this process, over S3 and Glue: Athena would write past the lake's
 * publishing, so that nothing of it were atomic, versioned or authorised by the lake. So do
 * pipelines and ingestion work: the workbench is that of the embedded engine.
 */
public final class AthenaQueryEngine implements QueryEngine {

  /** Which need not exist, as long as nobody names it. */
  private static final String ATHENAS_DEFAULT = "default";

  private final Lake lake;
  private final AwsBackend backend;
  private final QueryEngine here;
  private final Pause pause;
  private final BigDecimal pricePerTerabyte;

  /**
   * @param here does in this process what is no query
   */
  public AthenaQueryEngine(Lake lake, AwsBackend backend, QueryEngine here) {
    this(lake, backend, here, Pause.real());
  }

  AthenaQueryEngine(Lake lake, AwsBackend backend, QueryEngine here, Pause pause) {
    this(lake, backend, here, pause, Bill.USUAL_PRICE);
  }

  private AthenaQueryEngine(
      Lake lake, AwsBackend backend, QueryEngine here, Pause pause, BigDecimal pricePerTerabyte) {
    this.lake = lake;
    this.pricePerTerabyte = pricePerTerabyte;
    this.backend = backend;
    this.here = here;
    this.pause = pause;
  }

  @Override
  public QueryEngine pricedAt(BigDecimal otherPricePerTerabyte) {
    BigDecimal checked = Bill.free().at(otherPricePerTerabyte).pricePerTerabyte();
    return new AthenaQueryEngine(lake, backend, here.pricedAt(checked), pause, checked);
  }

  @Override
  public Rows run(Query query) {
    return Session.asked(lake, query).map(this::ask).orElseGet(() -> runHere(query));
  }

  /** Workgroups of Athena neither bound nor note what this process does. */
  private Rows runHere(Query query) {
    String unused = workgroup(query);
    return here.run(
        new Query(
            query.text(),
            query.database(),
            query.parameters(),
            query.scanLimit(),
            query.timeout(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  private Rows ask(Query query) {
    AthenaStatement statement = AthenaStatement.of(query);
    Executions executions = Executions.of(lake, backend);
    Authority authority = new Authority(lake, backend.settings());
    authority.authorize(statement, query);
    String workgroup = workgroup(query);
    AthenaCalls calls = new AthenaCalls(backend, runner(), workgroup);
    Execution execution =
        Execution.start(
            lake,
            calls,
            executions,
            query,
            statement,
            request(query, statement, executions, workgroup),
            pause);
    return new AthenaRows(execution, pricePerTerabyte, () -> authority.output(query));
  }

  /** In which workgroup a statement runs; that of the settings is for everybody. */
  private String workgroup(Query query) {
    Optional<String> named = query.workgroup().filter(name -> !name.equals(Workgroup.PRIMARY));
    named.ifPresent(new WorkgroupAccess(lake)::requireUse);
    return named.orElse(backend.settings().workgroup());
  }

  /** Under whose credentials statements run. */
  private Principal runner() {
    return Authority.runner(lake, backend.settings());
  }

  private StartQueryExecutionRequest request(
      Query query, AthenaStatement statement, Executions executions, String workgroup) {
    StartQueryExecutionRequest.Builder request =
        StartQueryExecutionRequest.builder().queryString(statement.text()).workGroup(workgroup);
    if (!query.database().equals(ATHENAS_DEFAULT)) {
      request.queryExecutionContext(context -> context.database(query.database()));
    }
    if (!statement.parameters().isEmpty()) {
      request.executionParameters(statement.parameters());
    }
    executions
        .resultLocation(lake, query, workgroup)
        .ifPresent(place -> request.resultConfiguration(results -> results.outputLocation(place)));
    query
        .reuse()
        .ifPresent(
            age ->
                request.resultReuseConfiguration(
                    reuse ->
                        reuse.resultReuseByAgeConfiguration(
                            byAge -> byAge.enabled(true).maxAgeInMinutes((int) age.toMinutes()))));
    return request.build();
  }

  @Override
  public Workgroups workgroups() {
    return new AthenaWorkgroups(lake, backend, pricePerTerabyte);
  }

  @Override
  public Workbench workbench() {
    return here.workbench();
  }
}
