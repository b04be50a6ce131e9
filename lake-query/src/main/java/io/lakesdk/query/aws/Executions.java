package io.lakesdk.query.aws;

import com.google.common.base.Suppliers;
import com.google.common.collect.MapMaker;
import io.lakesdk.AwsBackend;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
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
  private final Supplier<Optional<String>> root = Suppliers.memoize(this::find);

  private Executions(AwsBackend backend) {
    this.backend = backend;
  }

  static Executions of(Lake lake, AwsBackend backend) {
    return lake.shared(Executions.class, () -> new Executions(backend));
  }

  /**
   * Where the results of a principal's statements are to go: empty where the workgroup says it, and
   * otherwise a folder of the lake's own, one for each principal, which S3 empties after {@link
   * AwsBackend#RESULTS_KEPT} where provisioning made the bucket.
   */
  Optional<String> resultLocation(Principal principal) {
    String owner =
        principal.isAdministrator()
            ? "administrator"
            : principal.kind().name().toLowerCase(Locale.ROOT) + "-" + principal.name();
    return root.get().map(folder -> folder + owner + "/");
  }

  private Optional<String> find() {
    WorkGroup workgroup = new AthenaCalls(backend, Principal.ADMINISTRATOR).workgroup();
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
    return managed || located
        ? Optional.empty()
        : Optional.of(
            "s3://"
                + backend.settings().bucket(AwsBackend.METADATA)
                + "/"
                + backend.settings().prefix(AwsBackend.METADATA)
                + AwsBackend.RESULTS);
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
