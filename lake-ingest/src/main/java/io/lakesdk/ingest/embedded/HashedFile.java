package io.lakesdk.ingest.embedded;

/** A file of the source and the SHA-256 of what is in it. */
record HashedFile(SourceFile file, String sha256) {

  long bytes() {
    return file.stamp().bytes();
  }
}
