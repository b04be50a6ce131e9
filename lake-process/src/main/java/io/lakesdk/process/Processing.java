package io.lakesdk.process;

import io.lakesdk.Lake;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.process.embedded.EmbeddedProcessing;
import io.lakesdk.publish.LoadId;

/**
 * Runs pipelines, on behalf of the lake's principal: it must be granted SELECT of what is read and
 * WRITE on the zones that are written, and a run reads the columns and rows that it may see.
 *
 * <p>A run reads one version of each dataset, and publishes its output and the rows that it kept
 * aside together: a run that fails, or is killed, has changed nothing. Data may be larger than
 * memory. Thread-safe; of two runs that replace the same rows one gets {@link ConflictException}.
 */
public interface Processing {

  static Processing of(Lake lake) {
    return new EmbeddedProcessing(lake);
  }

  /**
   * Runs a pipeline as a load whose name is made of the pipeline's definition and of the versions
   * of all datasets that it reads: run again while these are the same, it changes nothing, and the
   * report's outcome is {@link RunReport.Outcome#REPEATED}. What a {@code map} step's function does
   * is not part of the name, so after a change of it run with a load of your own.
   *
   * <p>With {@code append} rows kept aside are added to those that were before; with {@code
   * overwrite} and {@code overwritePartitions} they replace those that this pipeline kept aside
   * before, since every run reads all of its input.
   *
   * @throws InvalidDefinitionException before anything is read, if a step, a rule or the output
   *     does not fit the rows that reach it
   * @throws AccessDeniedException before anything is read, naming the grant that is missing
   * @throws BadDataException if a file is not what its dataset says, a value does not fit the
   *     output, a row breaks a required rule, or a map function throws, which is then the cause
   * @throws ConflictException as {@link io.lakesdk.publish.Write} says
   */
  RunReport run(Pipeline pipeline);

  /**
   * {@link #run(Pipeline)} under a load's name of your own; the same name again changes nothing.
   */
  RunReport run(Pipeline pipeline, LoadId load);

  /**
   * Takes up the rows that this pipeline kept aside: they go through the rules that they broke, as
   * the pipeline has them now, and through the steps after these. Those that pass are appended to
   * the output and leave the quarantine, in one publication; the others stay where they are. For
   * {@code sql} steps the relation {@code input} is only the rows that are taken up. If no row
   * passes nothing changes, and the outcome is {@link RunReport.Outcome#UNCHANGED}.
   *
   * @throws AccessDeniedException also if the principal may not see all of the rows kept aside
   * @throws ConflictException if the rows kept aside were changed meanwhile; try again
   */
  RunReport replay(Pipeline pipeline);
}
