package io.lakesdk.query.federated.rest;

import com.fasterxml.jackson.core.JsonPointer;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;

/** How one page of a list leads to the next. */
public sealed interface Paging {

  /** There is one page. */
  record OnePage() implements Paging {}

  /**
   * Each page has the address of the next, or none.
   *
   * @param address where it is in the page
   */
  record NextLink(JsonPointer address) implements Paging {}

  /** Each answer has the address of the next in its header {@code Link}, as RFC 8288 says. */
  record LinkHeader() implements Paging {}

  /**
   * Pages are counted; the first that has no rows is the last.
   *
   * @param parameter of the query that has the number
   * @param first the number of the first page
   */
  record PageNumber(String parameter, int first) implements Paging {}

  /**
   * Each page has what asks for the next, or nothing.
   *
   * @param parameter of the query that has it
   * @param cursor where it is in the page
   */
  record Cursor(String parameter, JsonPointer cursor) implements Paging {}

  static Paging onePage() {
    return new OnePage();
  }

  /** {@code pointer} is a JSON pointer (RFC 6901), as {@code /links/next}. */
  static Paging nextLink(String pointer) {
    return new NextLink(pointer(pointer));
  }

  static Paging linkHeader() {
    return new LinkHeader();
  }

  static Paging pageNumber(String parameter, int first) {
    return new PageNumber(parameter, first);
  }

  /** {@code pointer} is a JSON pointer (RFC 6901), as {@code /next_cursor}. */
  static Paging cursor(String parameter, String pointer) {
    return new Cursor(parameter, pointer(pointer));
  }

  /** A JSON pointer. */
  static JsonPointer pointer(String text) {
    try {
      return JsonPointer.compile(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidDefinitionException(
          "read", Subject.option(text), "a JSON pointer begins with a slash, as in /data/rows");
    }
  }
}
