package io.lakesdk.security.aws;

import io.lakesdk.AwsBackend;
import io.lakesdk.AwsSettings;
import io.lakesdk.Lake;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.security.decision.GrantedSecurity;
import io.lakesdk.security.decision.SecurityState;
import io.lakesdk.storage.ObjectStore;
import java.time.Duration;
import java.util.Optional;

/**
 * Security of a lake on AWS. The lake's own grants decide whatever is done in this process:
 * ingestion, pipelines, queries with {@code Compute.LOCAL}, the catalog, objects. They are one
 * object of the zone {@link AwsBackend#METADATA}, and each decision asks S3 whether it changed: one
 * HeadObject, and one GetObject after a change. Decisions are kept in objects beside it.
 *
 * <p>With {@code AwsSettings.LakeFormation.ON} each grant is given to Lake Formation too, to the
 * principal's role of {@code principalRoles}, so that Athena, Glue and Spark obey it:
 *
 * <ul>
 *   <li>SELECT is SELECT on the table, or on the columns; with a row filter it is SELECT on a data
 *       cells filter. The dataset must be registered before. Its location is registered with Lake
 *       Formation, unless it or one above it is already, since Lake Formation hands out only what
 *       is in a registered location. Row filters have no dates, no timestamps and no ESCAPE there,
 *       and are refused with them;
 *   <li>WRITE on a zone registers its location and is DATA_LOCATION_ACCESS to it: the role may
 *       create tables there. Writing objects needs the policies of IAM, as anywhere;
 *   <li>READ on a zone registers its location and is nothing else there, since Lake Formation knows
 *       no right to all tables of a location: give SELECT for what is queried in Athena.
 * </ul>
 *
 * <p>A revocation takes back exactly what no other grant of the role still gives; a location stays
 * registered. A role and a user of one name would be the same role of IAM, and are refused. Lake
 * Formation never gives more than the lake's grants say. Tables on which the account lets IAM alone
 * decide ({@code IAM_ALLOWED_PRINCIPALS}) are not protected by it.
 */
public final class LakeFormationSecurity extends GrantedSecurity {

  private final State state;

  private LakeFormationSecurity(Lake lake, State state) {
    super(lake, state.security());
    this.state = state;
  }

  /** Puts the lake's grants in force. */
  public static LakeFormationSecurity of(Lake lake, AwsBackend backend) {
    return new LakeFormationSecurity(lake, lake.shared(State.class, () -> open(lake, backend)));
  }

  /** What an open lake has one of. */
  private record State(
      SecurityState security,
      GrantDocuments documents,
      GrantObject grants,
      Optional<LakeFormation> lakeFormation)
      implements AutoCloseable {
    @Override
    public void close() {
      security.close();
      documents.close();
    }
  }

  private static State open(Lake lake, AwsBackend backend) {
    AwsSettings settings = backend.settings();
    ObjectStore store = backend.store(AwsBackend.METADATA);
    GrantDocuments documents = new GrantDocuments(store, lake.name());
    AuditObjects audit = new AuditObjects(store, () -> documents.look().document().changes());
    Optional<LakeFormation> formation =
        settings.lakeFormation() == AwsSettings.LakeFormation.ON
            ? Optional.of(
                AwsBackend.needing("lakeformation", () -> new LakeFormation(backend.connection())))
            : Optional.empty();
    Duration patience = settings.limits().deadline().multipliedBy(2);
    GrantObject grants = new GrantObject(documents, audit, lake.clock(), formation, patience);
    return new State(SecurityState.open(lake, grants, audit), documents, grants, formation);
  }

  /**
   * Goes on at once with a change of grants that was interrupted, whoever made it, and gives Lake
   * Formation again whatever the lake's grants say, those included that were given while it was
   * off. What others gave there is left alone. Call it while no other process changes grants.
   *
   * @throws AccessDeniedException if this is not the administrator's view, or the credentials are
   *     not those of a data lake administrator
   * @throws InvalidDefinitionException if the lake was opened with {@code LakeFormation.OFF}, or a
   *     grant is such that Lake Formation cannot hold it
   */
  public void reconcile() {
    requireAdministrator();
    state
        .grants()
        .reconcile(
            state
                .lakeFormation()
                .orElseThrow(
                    () ->
                        new InvalidDefinitionException(
                            "reconcile grants with",
                            Subject.option("lakeFormation"),
                            "it is OFF; open the lake with AwsSettings...lakeFormation(ON)")));
  }
}
