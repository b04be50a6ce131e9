package io.lakesdk.publish.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lakesdk.DatasetId;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.PartitionFilter.And;
import io.lakesdk.publish.PartitionFilter.Compare;
import io.lakesdk.publish.PartitionFilter.IsNull;
import io.lakesdk.publish.PartitionFilter.Or;
import io.lakesdk.publish.draft.Layout;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A filter on the values of partitions of one dataset. */
final class Filter {

  private final DatasetId dataset;
  private final Layout layout;
  private final PartitionFilter filter;

  /**
   * @throws InvalidDefinitionException if it names a key that the dataset has not
   */
  Filter(DatasetId dataset, Layout layout, PartitionFilter filter) {
    this.dataset = dataset;
    this.layout = layout;
    this.filter = filter;
    requireKeys(filter);
  }

  private void requireKeys(PartitionFilter one) {
    if (one instanceof And and) {
      and.all().forEach(this::requireKeys);
    } else if (one instanceof Or or) {
      or.any().forEach(this::requireKeys);
    } else if (one instanceof Compare compare) {
      position(compare.key());
    } else if (one instanceof IsNull isNull) {
      position(isNull.key());
    }
  }

  private int position(String key) {
    return layout
        .position(key)
        .orElseThrow(
            () ->
                new InvalidDefinitionException(
                    "filter by", Subject.column(key), "dataset " + dataset + " is " + layout));
  }

  boolean admits(List<@Nullable Object> values) {
    return admits(filter, values);
  }

  private boolean admits(PartitionFilter one, List<@Nullable Object> values) {
    if (one instanceof And and) {
      return and.all().stream().allMatch(part -> admits(part, values));
    }
    if (one instanceof Or or) {
      return or.any().stream().anyMatch(part -> admits(part, values));
    }
    if (one instanceof IsNull isNull) {
      return values.get(position(isNull.key())) == null;
    }
    return !(one instanceof Compare compare) || admits(compare, values);
  }

  private boolean admits(Compare compare, List<@Nullable Object> values) {
    int position = position(compare.key());
    Object wanted = compare.value();
    boolean comparable =
        switch (layout.keys().get(position).kind()) {
          case INTEGER -> wanted instanceof Long;
          case TEXT -> wanted instanceof String;
          case OTHER -> false;
        };
    if (!comparable) {
      return true;
    }
    Object value = values.get(position);
    if (value == null) {
      return false;
    }
    int order =
        value instanceof Long number
            ? Long.compare(number, (Long) wanted)
            : Arrays.compareUnsigned(
                ((String) value).getBytes(UTF_8), ((String) wanted).getBytes(UTF_8));
    return switch (compare.operator()) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case AT_MOST -> order <= 0;
      case MORE -> order > 0;
      case AT_LEAST -> order >= 0;
    };
  }
}
