package io.lakesdk.security.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lakesdk.AwsBackend;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.fault.Call;
import io.lakesdk.fault.Faults;
import io.lakesdk.security.Grant;
import io.lakesdk.security.aws.GrantDocument.Kept;
import io.lakesdk.security.aws.GrantDocuments.Seen;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.PutOptions;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The object of grants: what a look at it costs, and what becomes of races and damage. */
class GrantDocumentsTest {

  private static final Kept GRANT =
      new Kept(Grant.select("a").on("x.y").where("a = 1").to(Principal.role("analyst")), false);

  private final AtomicInteger heads = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();
  private final Lake lake =
      Lake.inMemory(
          with ->
              with.faults(
                  Faults.on(Call.GET_OBJECT)
                      .before(subject -> reads.incrementAndGet())
                      .andOn(Call.HEAD_OBJECT)
                      .before(subject -> heads.incrementAndGet())));
  private final ObjectStore store = lake.store(AwsBackend.METADATA);
  private final GrantDocuments documents = new GrantDocuments(store, lake.name());

  @AfterEach
  void close() {
    lake.close();
  }

  @Test
  void aLookAsksOnceAndReadsAfterAChangeByOthersOnly() {
    documents.replace(documents.look(), GrantDocument.EMPTY.with(GRANT));
    heads.set(0);
    for (int i = 0; i < 10; i++) {
      assertThat(documents.look().document().all()).containsExactly(GRANT.grant());
    }
    assertThat(heads.get()).isEqualTo(10);
    assertThat(reads.get()).isZero();
    GrantDocuments others = new GrantDocuments(store, lake.name());
    others.replace(others.look(), GrantDocument.EMPTY);
    assertThat(documents.look().document().all()).isEmpty();
    assertThat(documents.look().document().all()).isEmpty();
    assertThat(reads.get()).isEqualTo(2);
  }

  @Test
  void whoeverLosesARaceLearnsOfIt() {
    Seen absent = documents.look();
    documents.replace(absent, GrantDocument.EMPTY.with(GRANT));
    assertThatExceptionOfType(ConflictException.class)
        .isThrownBy(() -> documents.replace(absent, GrantDocument.EMPTY))
        .withMessageStartingWith("Cannot write object lake-metadata/security/grants.json: ");
    Seen present = documents.look();
    store.delete(GrantDocuments.KEY);
    assertThatExceptionOfType(ConflictException.class)
        .isThrownBy(() -> documents.replace(present, GrantDocument.EMPTY));
    assertThat(documents.look().grants().all()).isEmpty();
  }

  @Test
  void grantsComeBackAsTheyWere() {
    Kept onZone = new Kept(Grant.write().on(Zone.named("own-zone")).to(Principal.user("a")), true);
    GrantDocument document = GrantDocument.EMPTY.with(GRANT).with(onZone);
    documents.replace(documents.look(), document);
    assertThat(new GrantDocuments(store, "x").look().document()).isEqualTo(document);
  }

  @Test
  void whatIsDamagedOrNewerIsRefusedAndNotShown() {
    for (String json : new String[] {"{\"secret", "{\"format\":2}", "[]", "null", ""}) {
      store.put(GrantDocuments.KEY, json.getBytes(UTF_8), PutOptions.defaults());
      assertThatExceptionOfType(BadDataException.class)
          .as(json)
          .isThrownBy(documents::look)
          .withMessage(
              "Cannot read object lake-metadata/security/grants.json: it was damaged, or written"
                  + " by a newer SDK; restore an earlier version of it")
          .withNoCause();
    }
  }
}
