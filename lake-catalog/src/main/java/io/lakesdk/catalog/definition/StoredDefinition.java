package io.lakesdk.catalog.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakesdk.Bucketing;
import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Format;
import io.lakesdk.Zone;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.Subject;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A dataset as a JSON object, which is how versions are kept. The types are in Hive's notation:
 *
 * <pre>{@code
 * {"zone": "curated", "location": "sales/orders/",
 *  "format": {"name": "parquet", "compression": "zstd"},
 *  "columns": [{"name": "id", "type": "bigint", "description": "as the shop gave it"}],
 *  "partitions": [{"name": "day", "type": "date"}],
 *  "description": "what was ordered", "steward": "data-engineering"}
 * }</pre>
 *
 * <p>Formats are {@code parquet} with {@code compression}; {@code csv} with {@code delimiter},
 * {@code quote} and {@code header} ({@code present} or {@code absent}); {@code json_lines}, with
 * {@code malformed} ({@code refused} or {@code nulls}), {@code keys} by column and {@code dots}
 * ({@code kept} or {@code underscores}) where there are such; {@code json}; {@code cloud_trail};
 * {@code avro}; {@code orc} with {@code access} ({@code by_name} or {@code by_index}); {@code ion}
 * with {@code properties}, those of its SerDe; {@code delimited} with {@code fields}, {@code
 * elements}, {@code keys}, {@code nulls}, {@code header_lines}, and {@code escape} where there is
 * one; {@code open_csv} with {@code delimiter}, {@code quote}, {@code escape}, {@code header_lines}
 * and {@code values} ({@code refused} or {@code nulls}); {@code regex} with {@code pattern} and
 * {@code letters} ({@code exact} or {@code ignored}); {@code grok} with {@code pattern} and {@code
 * custom_patterns}, both with {@code header_lines}; {@code other} with {@code of}, the name. Those
 * that are compressed otherwise than usual say their {@code compression}. Descriptions and steward
 * may be absent, and so may {@code projection}, an object of texts, and {@code bucketing} with
 * {@code columns} and {@code count}.
 */
public final class StoredDefinition {

  private static final ObjectMapper JSON = new ObjectMapper();

  private StoredDefinition() {}

  public static String write(Dataset dataset) {
    ObjectNode root = JSON.createObjectNode();
    root.put("zone", dataset.zone().name());
    root.put("location", dataset.location());
    root.set("format", format(dataset.format()));
    root.set("columns", columns(dataset.schema().columns()));
    root.set("partitions", columns(dataset.partitions()));
    dataset.description().ifPresent(text -> root.put("description", text));
    dataset.steward().ifPresent(text -> root.put("steward", text));
    if (!dataset.projection().isEmpty()) {
      ObjectNode projection = root.putObject("projection");
      dataset.projection().forEach(projection::put);
    }
    if (dataset.bucketing().isPresent()) {
      Bucketing bucketing = dataset.bucketing().get();
      ObjectNode node = root.putObject("bucketing").put("count", bucketing.count());
      bucketing.columns().forEach(node.putArray("columns")::add);
    }
    return root.toString();
  }

  private static ObjectNode format(Format format) {
    ObjectNode node = JSON.createObjectNode();
    if (format instanceof Format.Parquet parquet) {
      node.put("name", "parquet").put("compression", lower(parquet.compression()));
    } else if (format instanceof Format.Csv csv) {
      node.put("name", "csv")
          .put("delimiter", String.valueOf(csv.delimiter()))
          .put("quote", String.valueOf(csv.quote()))
          .put("header", lower(csv.header()));
    } else if (format instanceof Format.JsonLines lines) {
      node.put("name", "json_lines");
      if (!lines.compressedWith(Format.Compression.NONE).equals(Format.JSON_LINES)) {
        node.put("malformed", lower(lines.malformed()));
        new TreeMap<>(lines.keys()).forEach(node.putObject("keys")::put);
        node.put("dots", lower(lines.dots()));
      }
    } else if (format instanceof Format.Json) {
      node.put("name", "json");
    } else if (format instanceof Format.CloudTrail) {
      node.put("name", "cloud_trail");
    } else if (format instanceof Format.Avro) {
      node.put("name", "avro");
    } else if (format instanceof Format.Orc orc) {
      node.put("name", "orc").put("access", lower(orc.access()));
    } else if (format instanceof Format.Ion ion) {
      ObjectNode properties = node.put("name", "ion").putObject("properties");
      IonProperties.of(ion).forEach(properties::put);
    } else if (format instanceof Format.Delimited text) {
      node.put("name", "delimited")
          .put("fields", String.valueOf(text.fields()))
          .put("elements", String.valueOf(text.elements()))
          .put("keys", String.valueOf(text.keys()))
          .put("nulls", text.nulls())
          .put("header_lines", text.headerLines());
      text.escape().ifPresent(escape -> node.put("escape", String.valueOf(escape)));
    } else if (format instanceof Format.OpenCsv csv) {
      node.put("name", "open_csv")
          .put("delimiter", String.valueOf(csv.delimiter()))
          .put("quote", String.valueOf(csv.quote()))
          .put("escape", String.valueOf(csv.escape()))
          .put("header_lines", csv.headerLines())
          .put("values", lower(csv.values()));
    } else if (format instanceof Format.Regex regex) {
      node.put("name", "regex")
          .put("pattern", regex.pattern())
          .put("letters", lower(regex.letters()))
          .put("header_lines", regex.headerLines());
    } else if (format instanceof Format.Grok grok) {
      node.put("name", "grok")
          .put("pattern", grok.pattern())
          .put("custom_patterns", grok.customPatterns())
          .put("header_lines", grok.headerLines());
    } else {
      node.put("name", "other").put("of", ((Format.Other) format).name());
    }
    if (!node.has("compression") && format.compression() != usualCompression(format)) {
      node.put("compression", lower(format.compression()));
    }
    return node;
  }

  /** What files of a format are compressed with where nobody says otherwise. */
  public static Format.Compression usualCompression(Format format) {
    return format instanceof Format.Avro
        ? Format.Compression.DEFLATE
        : format instanceof Format.Orc ? Format.Compression.ZLIB : Format.Compression.NONE;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static ArrayNode columns(List<Column> columns) {
    ArrayNode array = JSON.createArrayNode();
    for (Column column : columns) {
      ObjectNode node = array.addObject();
      node.put("name", column.name()).put("type", column.type().toString());
      if (column.description() != null) {
        node.put("description", column.description());
      }
    }
    return array;
  }

  /**
   * The dataset that {@link #write} printed.
   *
   * @throws BadDataException if it is not what {@link #write} makes
   */
  public static Dataset read(DatasetId id, String text) {
    try {
      JsonNode root = JSON.readTree(text);
      return new Dataset(
          id,
          Zone.named(root.required("zone").textValue()),
          root.required("location").textValue(),
          compressed(format(id, root.required("format")), root.required("format")),
          Schema.of(columns(root.required("columns"))),
          columns(root.required("partitions")),
          optional(root, "description"),
          optional(root, "steward"),
          texts(root.path("projection")),
          bucketing(root));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw unreadable(id);
    }
  }

  private static Optional<Bucketing> bucketing(JsonNode root) {
    if (!root.has("bucketing")) {
      return Optional.empty();
    }
    JsonNode node = root.get("bucketing");
    List<String> columns = new ArrayList<>();
    node.required("columns").forEach(column -> columns.add(column.textValue()));
    return Optional.of(new Bucketing(columns, node.required("count").intValue()));
  }

  private static Format compressed(Format format, JsonNode node) {
    return node.has("compression")
        ? format.compressedWith(constant(Format.Compression.class, node.get("compression")))
        : format;
  }

  private static Format format(DatasetId id, JsonNode node) {
    return switch (node.required("name").textValue()) {
      case "parquet" ->
          Format.parquet(constant(Format.Compression.class, node.required("compression")));
      case "csv" ->
          new Format.Csv(
              node.required("delimiter").textValue().charAt(0),
              node.required("quote").textValue().charAt(0),
              constant(Format.Header.class, node.required("header")));
      case "json_lines" -> node.has("malformed") ? jsonLines(node) : Format.JSON_LINES;
      case "json" -> Format.JSON;
      case "cloud_trail" -> Format.CLOUD_TRAIL;
      case "avro" -> Format.AVRO;
      case "orc" -> new Format.Orc(constant(Format.ColumnAccess.class, node.required("access")));
      case "ion" -> IonProperties.format(texts(node.required("properties")));
      case "delimited" ->
          new Format.Delimited(
              node.required("fields").textValue().charAt(0),
              node.required("elements").textValue().charAt(0),
              node.required("keys").textValue().charAt(0),
              optional(node, "escape").map(text -> text.charAt(0)),
              node.required("nulls").textValue(),
              node.required("header_lines").intValue(),
              Format.Compression.NONE);
      case "open_csv" ->
          new Format.OpenCsv(
              node.required("delimiter").textValue().charAt(0),
              node.required("quote").textValue().charAt(0),
              node.required("escape").textValue().charAt(0),
              node.required("header_lines").intValue(),
              constant(Format.Malformed.class, node.required("values")));
      case "regex" ->
          new Format.Regex(
              node.required("pattern").textValue(),
              constant(Format.LetterCase.class, node.required("letters")),
              node.path("header_lines").intValue());
      case "grok" ->
          new Format.Grok(
              node.required("pattern").textValue(),
              node.required("custom_patterns").textValue(),
              node.path("header_lines").intValue());
      case "other" -> Format.other(node.required("of").textValue());
      default -> throw unreadable(id);
    };
  }

  private static Format jsonLines(JsonNode node) {
    return new Format.JsonLines(
        constant(Format.Malformed.class, node.required("malformed")),
        texts(node.required("keys")),
        node.has("dots") ? constant(Format.Dots.class, node.get("dots")) : Format.Dots.KEPT,
        Format.Compression.NONE);
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      texts.put(field.getKey(), field.getValue().textValue());
    }
    return texts;
  }

  private static <E extends Enum<E>> E constant(Class<E> type, JsonNode node) {
    return Enum.valueOf(type, node.textValue().toUpperCase(Locale.ROOT));
  }

  private static List<Column> columns(JsonNode array) {
    List<Column> columns = new ArrayList<>();
    for (JsonNode node : array) {
      DataType type = DataType.parse(node.required("type").textValue());
      Column column = Column.of(node.required("name").textValue(), type);
      columns.add(optional(node, "description").map(column::describedAs).orElse(column));
    }
    return columns;
  }

  private static Optional<String> optional(JsonNode node, String field) {
    return node.has(field) ? Optional.of(node.get(field).textValue()) : Optional.empty();
  }

  private static BadDataException unreadable(DatasetId id) {
    return new BadDataException(
        "read",
        Subject.dataset(id),
        "its definition in the metadata is not one that this SDK knows; open the lake with the SDK"
            + " that wrote it");
  }
}
