package io.lakesdk.storage;

import java.util.List;
import java.util.Optional;

/**
 * A part of a listing.
 *
 * @param objects in key order
 * @param prefixes what keys were rolled up into, each once in a listing, ending in the delimiter
 * @param next how to list what follows; empty at the end
 */
public record ListPage(
    List<ListedObject> objects, List<String> prefixes, Optional<ListOptions> next) {

  public ListPage {
    objects = List.copyOf(objects);
    prefixes = List.copyOf(prefixes);
  }
}
