/**
 * The house rules on code, as tests: {@link io.lakesdk.arch.LakeArchitecture} holds the rules,
 * {@link io.lakesdk.arch.SourceTree} those on source files. Each module has an {@code
 * ArchitectureTest} that applies them.
 */
@NullMarked
package io.lakesdk.arch;

import org.jspecify.annotations.NullMarked;
