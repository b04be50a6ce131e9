package io.lakesdk.catalog;

import io.lakesdk.DatasetId;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a dataset was made from, and what was made from it, in all versions that it had. Loads note
 * their sources; data whose load noted none comes from nowhere.
 *
 * <p>A dataset that the asker may not see is a {@link Hidden} node: that there is one is shown, its
 * name, versions and what made the step are not, and what lies behind it is not either.
 */
public interface Lineage {

  /** Whose lineage this is. */
  DatasetId dataset();

  /** What it was made from directly. */
  List<Step> upstream();

  /** What was made from it directly. */
  List<Step> downstream();

  /** Every step on a way to it, the nearest first; each once, also where datasets form a cycle. */
  List<Step> allUpstream();

  /**
   * Every step on a way from it, the nearest first; each once, also where datasets form a cycle.
   */
  List<Step> allDownstream();

  /** Something that data is made from, or that is made of it. */
  sealed interface Node {}

  /** A dataset that the asker may see. */
  record Known(DatasetId dataset) implements Node {
    @Override
    public String toString() {
      return dataset.toString();
    }
  }

  /** A source outside of the lake, such as a folder or a database's table. */
  record Outside(String name) implements Node {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A dataset that the asker may not see. */
  record Hidden() implements Node {
    @Override
    public String toString() {
      return "a hidden dataset";
    }
  }

  /**
   * Data went from one node to another.
   *
   * @param from what was read
   * @param to what was written
   * @param via what did it, such as a pipeline's name; empty text if an end is hidden
   * @param read the newest version of {@code from} that was read; empty if it has no versions or an
   *     end is hidden
   * @param written the newest version of {@code to} that it made; empty if an end is hidden
   */
  record Step(Node from, Node to, String via, OptionalLong read, OptionalLong written) {
    @Override
    public String toString() {
      return from + " -> " + to + (via.isEmpty() ? "" : " via " + via);
    }
  }
}
