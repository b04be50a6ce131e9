package io.lakesdk;

/**
 * What a lake runs on, for the layers to choose their implementation by. An AWS backend joins as
 * another record.
 */
public sealed interface Backend permits EmbeddedBackend {}
