package io.lakesdk.query.aws;

import com.google.common.collect.MapMaker;
import io.lakesdk.AwsBackend;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.Action;
import io.lakesdk.access.Resource;
import io.lakesdk.query.Query;
import io.lakesdk.query.statement.table.ResultLocation;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.athena.model.WorkGroup;
import software.amazon.awssdk.services.athena.model.WorkGroupConfiguration;

/**
 * The statements of one open lake whose rows are open, and where their results go. Closing the lake
 * stops them.
 */
final class Executions implements AutoCloseable {

  private final AwsBackend backend;
  private final Set<Execution> open =
      Collections.newSetFromMap(new MapMaker().weakKeys().makeMap());
  private final Map<String, Place> places = new ConcurrentHashMap<>();

  private Executions(AwsBackend backend) {
    this.backend = backend;
  }

  static Executions of(Lake lake, AwsBackend backend) {
    return lake.shared(Executions.class, () -> new Executions(backend));
  }

  /** Who says where the results of a workgroup go. */
  private enum Place {
    /** The workgroup, whatever a statement says. */
    ENFORCED,
    /** The workgroup, unless a statement says something else. */
    DEFAULT,
    /** Nobody, unless a statement does. */
    NONE
  }

  /** The settings of this workgroup were changed. */
  void forget(String workgroup) {
    places.remove(workgroup);
  }

  /**
   * Where the result of a statement is to go: empty where its workgroup says it. Otherwise it is
   * where the query says, or a folder of the lake's own, one for each principal, which S3 empties
   * after {@link AwsBackend#RESULTS_KEPT} where provisioning made the bucket.
   */
  Optional<String> resultLocation(Lake lake, Query query, String workgroup) {
    Place place = places.computeIfAbsent(workgroup, this::find);
    if (place == Place.ENFORCED) {
      return Optional.empty();
    }
    if (query.results().isPresent()) {
      String folder = query.results().get();
      Zone zone = ResultLocation.parse(lake, folder).zone();
      lake.access().require(Action.WRITE, Resource.zone(zone));
      return Optional.of(folder);
    }
    return place == Place.DEFAULT ? Optional.empty() : Optional.of(own(lake.principal()));
  }

  private String own(Principal principal) {
    String owner =
        principal.isAdministrator()
            ? "administrator"
            : principal.kind().name().toLowerCase(Locale.ROOT) + "-" + principal.name();
    return "s3://"
        + backend.settings().bucket(AwsBackend.METADATA)
        + "/"
        + backend.settings().prefix(AwsBackend.METADATA)
        + AwsBackend.RESULTS
        + owner
        + "/";
  }

  private Place find(String name) {
    WorkGroup workgroup = new AthenaCalls(backend, Principal.ADMINISTRATOR, name).workgroup();
    WorkGroupConfiguration configuration = workgroup.configuration();
    boolean managed =
        configuration != null
            && configuration.managedQueryResultsConfiguration() != null
            && Boolean.TRUE.equals(configuration.managedQueryResultsConfiguration().enabled());
    boolean located =
        configuration != null
            && configuration.resultConfiguration() != null
            && configuration.resultConfiguration().outputLocation() != null
            && !configuration.resultConfiguration().outputLocation().isBlank();
    boolean enforced =
        configuration != null && Boolean.TRUE.equals(configuration.enforceWorkGroupConfiguration());
    if (managed || (located && enforced)) {
      return Place.ENFORCED;
    }
    return located ? Place.DEFAULT : Place.NONE;
  }

  void opened(Execution execution) {
    open.add(execution);
  }

  void closed(Execution execution) {
    open.remove(execution);
  }

  @Override
  public void close() {
    List.copyOf(open).forEach(execution -> execution.abandon("the lake was closed"));
  }
}
