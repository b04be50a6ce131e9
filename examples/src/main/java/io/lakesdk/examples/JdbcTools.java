package io.lakesdk.examples;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.ingest.Ingestion;
import io.lakesdk.ingest.IngestionSource;
import io.lakesdk.query.jdbc.LakeDriver;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** An analyst asks through JDBC, as any tool would, and sees what was granted. */
public final class JdbcTools {

  private JdbcTools() {}

  record Reading(String sensor, double celsius, String place) {}

  /** Prints the sensors that are hot. */
  public static void main(String[] args) throws SQLException {
    Dataset readings =
        Dataset.named("plant.readings").in(Zone.CURATED).columns(Reading.class).build();
    List<Reading> taken =
        List.of(new Reading("door", 19.5, "hall"), new Reading("oven", 181, "secret hall"));

    try (Lake lake = Lake.inMemory();
        LakeDriver.Registration plant = LakeDriver.register("plant", lake)) {
      Ingestion.of(lake).load(IngestionSource.records(taken), readings);
      Security.of(lake)
          .grant(
              Grant.select("sensor", "celsius").on("plant.readings").to(Principal.role("analyst")));

      try (Connection connection = DriverManager.getConnection(plant.url(), "role:analyst", "");
          PreparedStatement hot =
              connection.prepareStatement("SELECT * FROM plant.readings WHERE celsius > ?")) {
        hot.setInt(1, 100);
        ResultSet results = hot.executeQuery();
        while (results.next()) {
          System.out.println(results.getString("sensor") + " " + results.getDouble("celsius"));
        }
        System.out.println("columns: " + results.getMetaData().getColumnCount());
      }
    }
  }
}
