package io.lakesdk.query.embedded;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.query.sql.OutputColumn;
import io.lakesdk.query.sql.RowCondition;
import io.lakesdk.query.sql.SourceColumn;
import io.lakesdk.query.sql.SourceTable;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.workbench.Workbench.Relation;
import io.lakesdk.schema.ArrayType;
import io.lakesdk.schema.CharType;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.DecimalType;
import io.lakesdk.schema.MapType;
import io.lakesdk.schema.StructType;
import io.lakesdk.schema.VarcharType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A relation of a workbench: its columns, and the query that gives them when it is needed. */
final class LazyRelation implements Relation, Plan.Source {

  private final List<OutputColumn> output;
  private final List<Column> columns;
  private final Plan.Source source;

  /**
   * @param output names are made lower-case, and must then be distinct
   * @param source has these columns
   */
  LazyRelation(List<OutputColumn> output, Plan.Source source) {
    List<Column> typed = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (OutputColumn column : output) {
      Column one = Column.of(column.name(), dataType(column.name(), column.type()));
      if (!names.add(one.name())) {
        throw new InvalidDefinitionException(
            "use",
            Subject.column(one.name()),
            "the statement has several columns of that name; name them apart with AS");
      }
      typed.add(one);
    }
    this.output =
        output.stream()
            .map(c -> new OutputColumn(Column.of(c.name(), DataType.STRING).name(), c.type()))
            .toList();
    this.columns = List.copyOf(typed);
    this.source = source;
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  List<OutputColumn> output() {
    return output;
  }

  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    output.forEach(column -> names.add(column.name()));
    return names;
  }

  /** All columns in order. */
  String select(Plan plan) {
    Set<String> names = names();
    return "SELECT "
        + SqlText.names(names)
        + " FROM ("
        + source.select(names, PartitionFilter.any(), RowCondition.any(), plan)
        + ")";
  }

  @Override
  public String select(
      Set<String> wanted, PartitionFilter partitions, RowCondition rows, Plan plan) {
    return source.select(wanted, partitions, rows, plan);
  }

  SourceTable table(String name) {
    return new SourceTable(
        name,
        columns.stream()
            .map(
                c ->
                    new SourceColumn(
                        c.name(), c.type(), SourceColumn.Use.DATA, SourceColumn.Visibility.VISIBLE))
            .toList(),
        this);
  }

  private static DataType dataType(String name, SqlType type) {
    return dataType(type)
        .orElseThrow(
            () ->
                new InvalidDefinitionException(
                    "use",
                    Subject.column(name),
                    "it is " + type + ", which no dataset can hold; CAST it in the statement"));
  }

  private static Optional<DataType> dataType(SqlType type) {
    if (type instanceof SqlType.Simple simple) {
      return Optional.ofNullable(
          switch (simple) {
            case BOOLEAN -> DataType.BOOLEAN;
            case TINYINT -> DataType.TINYINT;
            case SMALLINT -> DataType.SMALLINT;
            case INTEGER -> DataType.INT;
            case BIGINT -> DataType.BIGINT;
            case REAL -> DataType.FLOAT;
            case DOUBLE -> DataType.DOUBLE;
            case VARBINARY -> DataType.BINARY;
            case DATE -> DataType.DATE;
            case JSON, UUID, UNKNOWN -> DataType.STRING;
            case INTERVAL_DAY_TO_SECOND, INTERVAL_YEAR_TO_MONTH -> null;
          });
    }
    if (type instanceof SqlType.Decimal decimal) {
      return Optional.of(new DecimalType(decimal.precision(), decimal.scale()));
    }
    if (type instanceof SqlType.Varchar varchar) {
      return Optional.of(
          varchar
              .length()
              .filter(n -> n >= 1 && n <= 65_535)
              .<DataType>map(VarcharType::new)
              .orElse(DataType.STRING));
    }
    if (type instanceof SqlType.Char fixed) {
      return Optional.of(new CharType(fixed.length()));
    }
    if (type instanceof SqlType.Timestamp) {
      return Optional.of(DataType.TIMESTAMP);
    }
    return nested(type);
  }

  private static Optional<DataType> nested(SqlType type) {
    if (type instanceof SqlType.Array array) {
      return dataType(array.element()).map(ArrayType::new);
    }
    if (type instanceof SqlType.MapOf map) {
      return dataType(map.key())
          .flatMap(key -> dataType(map.value()).map(value -> new MapType(key, value)));
    }
    if (!(type instanceof SqlType.Row row)) {
      return Optional.empty();
    }
    List<StructType.Field> fields = new ArrayList<>();
    for (int i = 0; i < row.fields().size(); i++) {
      Optional<DataType> field = dataType(row.fields().get(i).type());
      if (field.isEmpty()) {
        return Optional.empty();
      }
      fields.add(new StructType.Field(row.duckName(i), field.get()));
    }
    return Optional.of(new StructType(fields));
  }
}
