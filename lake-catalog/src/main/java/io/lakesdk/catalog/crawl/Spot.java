package io.lakesdk.catalog.crawl;

/** Where a value stands: a line, counted from 1, of a file. */
record Spot(String file, long line) {
  @Override
  public String toString() {
    return file.substring(file.lastIndexOf('/') + 1) + " line " + line;
  }
}
