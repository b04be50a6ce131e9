package io.lakesdk.process.embedded;

import io.lakesdk.Lake;
import io.lakesdk.process.Pipeline;
import io.lakesdk.process.Processing;
import io.lakesdk.process.RunReport;
import io.lakesdk.publish.LoadId;

/** Runs pipelines in this JVM, on the lake's query engine. */
public final class EmbeddedProcessing implements Processing {

  private final Lake lake;

  public EmbeddedProcessing(Lake lake) {
    this.lake = lake;
  }

  @Override
  public RunReport run(Pipeline pipeline) {
    throw new IllegalStateException("in the making for " + lake);
  }

  @Override
  public RunReport run(Pipeline pipeline, LoadId load) {
    throw new IllegalStateException("in the making for " + lake);
  }

  @Override
  public RunReport replay(Pipeline pipeline) {
    throw new IllegalStateException("in the making for " + lake);
  }
}
