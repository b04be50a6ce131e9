/**
 * Processing: data made out of data. Read {@link io.lakesdk.process.Processing} first, which is the
 * door and says what a run promises; then {@link io.lakesdk.process.Pipeline}, what runs: a read,
 * {@linkplain io.lakesdk.process.Step steps}, a write. A {@link io.lakesdk.process.Rule} says what
 * rows must be like; rows that are not are kept aside. A run answers with a {@link
 * io.lakesdk.process.RunReport} and tells the lake's listeners on its way. How an embedded lake
 * runs a pipeline is in {@code io.lakesdk.process.embedded}.
 */
@NullMarked
package io.lakesdk.process;

import org.jspecify.annotations.NullMarked;
