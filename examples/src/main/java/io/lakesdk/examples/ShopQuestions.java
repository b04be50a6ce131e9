package io.lakesdk.examples;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.ingest.Ingestion;
import io.lakesdk.ingest.IngestionSource;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.query.federated.FederatedSource;
import io.lakesdk.query.federated.Federation;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import java.util.List;
import javax.sql.DataSource;

/** Visits in the lake, orders in a shop's database and prices in Java, asked in one statement. */
public final class ShopQuestions {

  private ShopQuestions() {}

  record Visit(long customer, String page) {}

  record Price(String article, int cents) {}

  record Answer(long customer, long visits, long cents) {}

  /**
   * Prints what each customer who looked around has spent.
   *
   * @param shop a database with a table {@code public.orders} (customer, article, pieces, address)
   */
  public static void answer(DataSource shop) {
    List<Visit> visits =
        List.of(new Visit(1, "/mugs"), new Visit(1, "/hats"), new Visit(2, "/mugs"));
    List<Price> prices = List.of(new Price("mug", 650), new Price("hat", 1990));

    try (Lake lake = Lake.inMemory()) {
      Dataset dataset = Dataset.named("web.visits").in(Zone.RAW).columns(Visit.class).build();
      Ingestion.of(lake).load(IngestionSource.records(visits), dataset);

      Federation sources = Federation.of(lake);
      sources.register("shop", FederatedSource.jdbc(shop));
      sources.register(
          "app", FederatedSource.records().with("sales.prices", Price.class, () -> prices));

      Principal analyst = Principal.role("analyst");
      Security security = Security.of(lake);
      security.grant(Grant.select().on("web.visits").to(analyst));
      security.grant(
          Grant.select("customer", "article", "pieces").on("shop.public.orders").to(analyst));
      security.grant(Grant.select().on("app.sales.prices").to(analyst));

      Query question =
          Query.sql(
              """
              WITH spent AS (
                SELECT o.customer, sum(o.pieces * p.cents) AS cents
                FROM shop.public.orders o JOIN app.sales.prices p ON p.article = o.article
                WHERE o.pieces > 0
                GROUP BY 1)
              SELECT v.customer, count(*) AS visits, max(s.cents) AS cents
              FROM web.visits v JOIN spent s ON s.customer = v.customer
              GROUP BY 1 ORDER BY 1
              """);
      try (Rows rows = QueryEngine.of(lake.as(analyst)).run(question)) {
        rows.as(Answer.class).forEach(System.out::println);
      }
    }
  }
}
