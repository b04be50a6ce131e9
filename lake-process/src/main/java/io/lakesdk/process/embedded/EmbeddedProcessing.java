package io.lakesdk.process.embedded;

import io.lakesdk.Lake;
import io.lakesdk.error.LakeException;
import io.lakesdk.process.Pipeline;
import io.lakesdk.process.PipelineFailed;
import io.lakesdk.process.PipelineFinished;
import io.lakesdk.process.Processing;
import io.lakesdk.process.RunReport;
import io.lakesdk.publish.LoadId;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.workbench.Workbench;
import java.util.function.Function;

/** Runs pipelines in this JVM, on the lake's query engine. */
public final class EmbeddedProcessing implements Processing {

  private final Lake lake;

  public EmbeddedProcessing(Lake lake) {
    this.lake = lake;
  }

  @Override
  public RunReport run(Pipeline pipeline) {
    return told(pipeline, workbench -> run(pipeline, workbench, Plan::load));
  }

  @Override
  public RunReport run(Pipeline pipeline, LoadId load) {
    return told(pipeline, workbench -> run(pipeline, workbench, plan -> load));
  }

  private RunReport run(Pipeline pipeline, Workbench workbench, Function<Plan, LoadId> named) {
    Plan plan = new Plan(lake, workbench, pipeline);
    try (Load load = Load.ofRun(lake, pipeline, plan, named.apply(plan))) {
      return new Run(lake, workbench, pipeline, plan, load, TakenUp.none()).fromSource();
    }
  }

  @Override
  public RunReport replay(Pipeline pipeline) {
    return told(
        pipeline,
        workbench -> {
          Plan plan = new Plan(lake, workbench, pipeline);
          TakenUp again = TakenUp.of(lake, workbench, pipeline, plan);
          try (Load load = Load.ofReplay(lake, pipeline, plan, again)) {
            return new Run(lake, workbench, pipeline, plan, load, again).fromQuarantine();
          }
        });
  }

  /** Does the work, and tells the listeners how it ended. */
  private RunReport told(Pipeline pipeline, Function<Workbench, RunReport> work) {
    try (Workbench workbench = QueryEngine.of(lake).workbench()) {
      RunReport report = work.apply(workbench);
      lake.emit(new PipelineFinished(lake.clock().instant(), lake.principal(), report));
      return report;
    } catch (LakeException e) {
      lake.emit(
          new PipelineFailed(
              lake.clock().instant(),
              lake.principal(),
              pipeline.name(),
              String.valueOf(e.getMessage())));
      throw e;
    }
  }
}
