package io.lakesdk.query.statement.hive;

import io.lakesdk.Bucketing;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.sql.SqlErrors;
import io.lakesdk.schema.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parses the DDL of tables. Source: "CREATE TABLE", "MSCK REPAIR TABLE" and the pages of ALTER
 * TABLE in the Athena user guide.
 */
public final class DdlParser {

  private final HiveTokens tokens;

  private DdlParser(HiveTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * The statement, or nothing if another one comes.
   *
   * @throws InvalidDefinitionException if it is not whole, or has what is not supported
   */
  public static Optional<Ddl> parse(HiveTokens tokens) {
    DdlParser parser = new DdlParser(tokens);
    if (tokens.take("CREATE", "EXTERNAL", "TABLE")) {
      return Optional.of(parser.create());
    } else if (tokens.take("ALTER", "TABLE")) {
      return Optional.of(parser.alter());
    } else if (tokens.take("MSCK")) {
      tokens.expect("REPAIR", "TABLE");
      List<String> name = tokens.tableName();
      tokens.end("MSCK REPAIR TABLE");
      return Optional.of(new RepairTable(name));
    }
    for (String verb : List.of("CREATE", "DROP", "ALTER")) {
      for (String word : List.of("DATABASE", "SCHEMA")) {
        if (tokens.at(verb, word)) {
          throw SqlErrors.refuse(
              verb
                  + " "
                  + word
                  + " is not supported: a database is there as long as it has a table; create"
                  + " tables in it, or drop them");
        }
      }
    }
    return Optional.empty();
  }

  private Ddl create() {
    boolean ifNotExists = tokens.take("IF", "NOT", "EXISTS");
    List<String> name = tokens.tableName();
    List<Column> columns = ColumnTexts.columns(tokens);
    Optional<String> comment = after("COMMENT");
    List<Column> keys = tokens.take("PARTITIONED", "BY") ? ColumnTexts.columns(tokens) : List.of();
    Optional<Bucketing> bucketing = bucketing();
    HiveFormats.Storage storage = storage();
    if (!tokens.at("LOCATION")) {
      throw tokens.unexpected("LOCATION 's3://bucket/folder/'");
    }
    String location = after("LOCATION").orElseThrow();
    Map<String, String> properties =
        tokens.take("TBLPROPERTIES") ? ColumnTexts.properties(tokens) : Map.of();
    tokens.end("CREATE EXTERNAL TABLE");
    return new CreateExternalTable(
        ifNotExists, name, columns, keys, bucketing, comment, storage, location, properties);
  }

  private Optional<Bucketing> bucketing() {
    if (!tokens.take("CLUSTERED", "BY")) {
      return Optional.empty();
    }
    List<String> columns = new ArrayList<>();
    tokens.expect("(");
    do {
      columns.add(tokens.name());
    } while (tokens.take(","));
    tokens.expect(")");
    if (tokens.at("SORTED")) {
      throw SqlErrors.refuse("SORTED BY is not supported; leave it out");
    }
    tokens.expect("INTO");
    int count = tokens.number();
    tokens.expect("BUCKETS");
    return Optional.of(new Bucketing(columns, count));
  }

  private Optional<String> after(String word) {
    return tokens.take(word) ? Optional.of(tokens.literal()) : Optional.empty();
  }

  private HiveFormats.Storage storage() {
    Optional<String> serde = Optional.empty();
    Map<String, String> properties = new LinkedHashMap<>();
    if (tokens.take("ROW", "FORMAT", "DELIMITED")) {
      serde = Optional.of(HiveFormats.delimited());
      delimited(properties);
    } else if (tokens.take("ROW", "FORMAT")) {
      tokens.expect("SERDE");
      serde = Optional.of(tokens.literal());
      serdeProperties(properties);
    }
    Optional<String> storedAs = Optional.empty();
    List<String> classes = new ArrayList<>();
    if (tokens.take("STORED", "AS", "INPUTFORMAT")) {
      classes.add(tokens.literal());
      tokens.expect("OUTPUTFORMAT");
      classes.add(tokens.literal());
    } else if (tokens.take("STORED", "AS")) {
      storedAs = Optional.of(tokens.name());
    } else if (tokens.at("STORED")) {
      throw SqlErrors.refuse("STORED BY is not supported; write STORED AS");
    }
    serdeProperties(properties);
    return new HiveFormats.Storage(serde, properties, storedAs, classes);
  }

  private void serdeProperties(Map<String, String> properties) {
    if (properties.isEmpty() && tokens.take("WITH", "SERDEPROPERTIES")) {
      properties.putAll(ColumnTexts.properties(tokens));
    }
  }

  /** What DELIMITED says, in the words of SERDEPROPERTIES. */
  private void delimited(Map<String, String> properties) {
    if (tokens.take("FIELDS", "TERMINATED", "BY")) {
      properties.put("field.delim", tokens.literal());
      if (tokens.take("ESCAPED", "BY")) {
        properties.put("escape.delim", tokens.literal());
      }
    }
    if (tokens.take("COLLECTION", "ITEMS", "TERMINATED", "BY")) {
      properties.put("collection.delim", tokens.literal());
    }
    if (tokens.take("MAP", "KEYS", "TERMINATED", "BY")) {
      properties.put("mapkey.delim", tokens.literal());
    }
    if (tokens.take("LINES", "TERMINATED", "BY")) {
      properties.put("line.delim", tokens.literal());
    }
    if (tokens.take("NULL", "DEFINED", "AS")) {
      properties.put("serialization.null.format", tokens.literal());
    }
  }

  private Ddl alter() {
    List<String> name = tokens.tableName();
    if (tokens.take("ADD", "COLUMNS")) {
      return altered(name, new TableChange.AddColumns(ColumnTexts.columns(tokens)));
    } else if (tokens.take("REPLACE", "COLUMNS")) {
      return altered(name, new TableChange.ReplaceColumns(ColumnTexts.columns(tokens)));
    } else if (tokens.take("CHANGE")) {
      return altered(name, changeColumn());
    } else if (tokens.take("SET", "LOCATION")) {
      return altered(name, new TableChange.SetLocation(tokens.literal()));
    } else if (tokens.take("SET", "TBLPROPERTIES")) {
      return altered(name, new TableChange.SetProperties(ColumnTexts.properties(tokens)));
    } else if (tokens.take("ADD")) {
      return addPartitions(name);
    } else if (tokens.take("DROP")) {
      return dropPartitions(name);
    } else if (tokens.take("PARTITION")) {
      throw ofPartition();
    } else if (tokens.take("RENAME")) {
      throw SqlErrors.refuse(
          "RENAME TO is not supported; CREATE TABLE AS with the other name, and DROP TABLE");
    }
    throw tokens.unexpected(
        "ADD COLUMNS, ADD PARTITION, CHANGE COLUMN, DROP PARTITION, REPLACE COLUMNS, SET LOCATION"
            + " or SET TBLPROPERTIES");
  }

  private Ddl altered(List<String> name, TableChange change) {
    tokens.end("ALTER TABLE");
    return new AlterTable(name, change);
  }

  private TableChange changeColumn() {
    tokens.take("COLUMN");
    String before = tokens.name();
    Column after = ColumnTexts.column(tokens);
    Optional<TableChange.Place> place = Optional.empty();
    if (tokens.take("FIRST")) {
      place = Optional.of(new TableChange.Place(Optional.empty()));
    } else if (tokens.take("AFTER")) {
      place = Optional.of(new TableChange.Place(Optional.of(tokens.name())));
    }
    return new TableChange.ChangeColumn(before, after, place);
  }

  private Ddl addPartitions(List<String> name) {
    boolean ifNotExists = tokens.take("IF", "NOT", "EXISTS");
    List<AddPartitions.Part> parts = new ArrayList<>();
    do {
      tokens.expect("PARTITION");
      parts.add(new AddPartitions.Part(PartitionSpec.parse(tokens), after("LOCATION")));
    } while (tokens.take(",") || tokens.at("PARTITION"));
    tokens.end("ADD PARTITION");
    return new AddPartitions(name, ifNotExists, parts);
  }

  private Ddl dropPartitions(List<String> name) {
    if (tokens.at("COLUMN")) {
      throw SqlErrors.refuse("DROP COLUMN is not supported; write REPLACE COLUMNS");
    }
    boolean ifExists = tokens.take("IF", "EXISTS");
    List<PartitionSpec> parts = new ArrayList<>();
    do {
      tokens.expect("PARTITION");
      parts.add(PartitionSpec.parse(tokens));
    } while (tokens.take(","));
    tokens.end("DROP PARTITION");
    return new DropPartitions(name, ifExists, parts);
  }

  /** Files of a partition cannot move, since they are never changed. */
  private InvalidDefinitionException ofPartition() {
    PartitionSpec.parse(tokens);
    if (tokens.take("RENAME")) {
      return SqlErrors.refuse(
          "RENAME PARTITION is not supported: files stay in the partition that they were written"
              + " to; INSERT its rows with the other value, then DROP PARTITION");
    } else if (tokens.take("SET", "LOCATION")) {
      return SqlErrors.refuse(
          "SET LOCATION of a partition is not supported: files stay in the partition that they"
              + " were written to; DROP PARTITION, then ADD PARTITION with the LOCATION");
    } else if (tokens.at("ADD") || tokens.at("REPLACE") || tokens.at("CHANGE")) {
      return SqlErrors.refuse(
          "columns of one partition are not supported: all partitions have those of the table;"
              + " leave PARTITION out");
    }
    return tokens.unexpected("RENAME or SET LOCATION");
  }
}
