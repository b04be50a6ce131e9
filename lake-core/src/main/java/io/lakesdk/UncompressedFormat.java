package io.lakesdk;

/**
 * Formats whose files nobody compresses who writes them here. These methods are not in {@link
 * Format}, since an interface with default methods is initialised with each class that has it, and
 * its constants are of such classes.
 */
sealed interface UncompressedFormat extends Format
    permits Format.Json,
        Format.CloudTrail,
        Format.OpenCsv,
        Format.Ion,
        Format.Regex,
        Format.Grok,
        Format.Other {

  @Override
  default Compression compression() {
    return Compression.NONE;
  }

  @Override
  default Format compressedWith(Compression other) {
    return Codecs.uncompressed(this, other);
  }
}
