package io.lakesdk.query.jdbc;

import io.lakesdk.query.jdbc.result.JdbcErrors;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a URL and its properties say.
 *
 * @param place the folder of a lake, or {@code @name} of a registered one
 * @param settings by key, those that are not empty
 * @param unknown keys among the properties that mean nothing here
 */
record LakeUrl(String place, Map<String, String> settings, Set<String> unknown) {

  static final String PREFIX = "jdbc:lake:";
  static final String USER = "user";
  static final String PASSWORD = "password";
  static final String DATABASE = "database";
  static final String WORKGROUP = "workgroup";
  private static final Set<String> KEYS = Set.of(USER, PASSWORD, DATABASE, WORKGROUP);

  LakeUrl {
    settings = Map.copyOf(settings);
    unknown = Set.copyOf(unknown);
  }

  static boolean isOne(String url) {
    return url.startsWith(PREFIX);
  }

  /**
   * Takes a URL apart.
   *
   * @throws SQLException if it is not {@code jdbc:lake:PLACE;key=value;...} with known keys, or
   *     says what the properties say too
   */
  static LakeUrl parse(String url, Properties properties) throws SQLException {
    String[] parts = url.substring(PREFIX.length()).split(";", -1);
    String place = parts[0].strip();
    if (place.isEmpty() || place.equals("@")) {
      throw JdbcErrors.noConnection(
          "The URL names no lake; write jdbc:lake:FOLDER, or jdbc:lake:@NAME for one that was"
              + " registered");
    }
    Map<String, String> settings = new LinkedHashMap<>();
    for (int i = 1; i < parts.length; i++) {
      if (!parts[i].isBlank()) {
        put(parts[i], settings);
      }
    }
    Set<String> unknown = new TreeSet<>();
    for (String key : properties.stringPropertyNames()) {
      String value = properties.getProperty(key);
      if (!KEYS.contains(key)) {
        unknown.add(key);
      } else if (!value.isBlank() && settings.putIfAbsent(key, value) != null) {
        throw JdbcErrors.noConnection(
            "The URL says " + key + ", and so do the properties; say it once");
      }
    }
    return new LakeUrl(place, settings, unknown);
  }

  private static void put(String setting, Map<String, String> settings) throws SQLException {
    int equals = setting.indexOf('=');
    String key = (equals < 0 ? setting : setting.substring(0, equals)).strip();
    if (equals < 0 || !KEYS.contains(key.toLowerCase(Locale.ROOT))) {
      throw JdbcErrors.noConnection(
          "The URL has a setting '"
              + key
              + "' that is not known; there are user=, database=, workgroup= and password=, which is"
              + " not looked at. A folder with a semicolon in its name needs a LakeDataSource");
    }
    String value = setting.substring(equals + 1).strip();
    if (!value.isEmpty() && settings.putIfAbsent(key.toLowerCase(Locale.ROOT), value) != null) {
      throw JdbcErrors.noConnection("The URL says " + key + " twice");
    }
  }

  Optional<String> setting(String key) {
    return Optional.ofNullable(settings.get(key));
  }

  /** The name of a registered lake; empty for a folder. */
  Optional<String> name() {
    return place.startsWith("@") ? Optional.of(place.substring(1)) : Optional.empty();
  }
}
