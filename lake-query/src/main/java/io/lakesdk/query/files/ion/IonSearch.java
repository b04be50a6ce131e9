package io.lakesdk.query.files.ion;

import com.amazon.ion.IonReader;
import com.amazon.ion.IonSystem;
import com.amazon.ion.IonType;
import com.amazon.ion.IonValue;
import io.lakesdk.Format.LetterCase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows several paths into one value after another, in one pass. Where a path leads to several
 * values, each is found, in the order of the file.
 */
final class IonSearch {

  /** Of more different names of fields it is not remembered which paths they continue. */
  private static final int MOST_NAMES = 10_000;

  private final IonSystem system;
  private final LetterCase letters;
  private final Found found;
  private final List<IonPath> paths;
  private final Place top;
  private int names;

  /** Takes what was found. */
  interface Found {

    /**
     * Takes a value.
     *
     * @param path its number
     * @param at stands at the value
     */
    void value(int path, IonReader at);
  }

  IonSearch(IonSystem system, LetterCase letters, List<IonPath> paths, Found found) {
    this.system = system;
    this.letters = letters;
    this.paths = List.copyOf(paths);
    this.found = found;
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      all.add(i);
    }
    this.top = new Place(all, 0);
  }

  /** Looks into the value at which a reader stands. */
  void search(IonReader at) {
    boolean annotated = paths.stream().anyMatch(path -> !path.annotations().isEmpty());
    if (!annotated) {
      look(at, top);
      return;
    }
    String[] there = at.getTypeAnnotations();
    List<Integer> left =
        top.paths.stream()
            .filter(path -> IonPath.same(paths.get(path).annotations(), there, letters))
            .toList();
    look(at, new Place(left, 0));
  }

  /** A place inside of a value, and the paths that have led to it. */
  private final class Place {
    final List<Integer> paths;
    final int depth;
    final List<Integer> arrived = new ArrayList<>();
    final Map<String, Place> fields = new HashMap<>();
    final boolean isByName;

    Place(List<Integer> paths, int depth) {
      this.paths = paths;
      this.depth = depth;
      boolean byName = true;
      for (int path : paths) {
        if (steps(path).size() == depth) {
          arrived.add(path);
        } else {
          byName &= steps(path).get(depth).isByName();
        }
      }
      this.isByName = byName;
    }

    /** The place of the value at which a reader stands, inside of this one. */
    Place inside(IonReader at, int index) {
      String name = at.getFieldName();
      if (!isByName || name == null) {
        return new Place(continued(name, index, at), depth + 1);
      }
      Place known = fields.get(name);
      if (known == null) {
        known = new Place(continued(name, index, at), depth + 1);
        if (names < MOST_NAMES) {
          names++;
          fields.put(name, known);
        }
      }
      return known;
    }

    private List<Integer> continued(@Nullable String name, int index, IonReader at) {
      List<Integer> left = new ArrayList<>();
      for (int path : paths) {
        if (steps(path).size() > depth && leads(steps(path).get(depth), name, index, at)) {
          left.add(path);
        }
      }
      return left;
    }
  }

  private List<IonPath.Step> steps(int path) {
    return paths.get(path).steps();
  }

  private boolean leads(IonPath.Step step, @Nullable String name, int index, IonReader at) {
    boolean there =
        switch (step.kind()) {
          case ANY -> true;
          case INDEX -> step.index().orElseThrow() == index;
          case NAME -> name != null && IonPath.same(step.name(), name, letters);
        };
    return there
        && (step.annotations().isEmpty()
            || IonPath.same(step.annotations(), at.getTypeAnnotations(), letters));
  }

  private void look(IonReader at, Place place) {
    if (place.paths.isEmpty()) {
      return;
    }
    if (!place.arrived.isEmpty()) {
      arrived(at, place);
    } else if (IonType.isContainer(at.getType()) && !at.isNullValue()) {
      at.stepIn();
      for (int index = 0; at.next() != null; index++) {
        look(at, place.inside(at, index));
      }
      at.stepOut();
    }
  }

  /** Several paths that need one value get a copy each, since a reader passes a value once. */
  private void arrived(IonReader at, Place place) {
    if (place.paths.size() == 1) {
      found.value(place.paths.get(0), at);
      return;
    }
    IonValue value = system.newValue(at);
    for (int path : place.paths) {
      IonReader copy = system.newReader(value);
      copy.next();
      look(copy, new Place(List.of(path), place.depth));
    }
  }
}
