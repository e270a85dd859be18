/**
 * Where units run: a child JVM without secrets, the runner, fed over pipes and replaced when it hangs or dies.
 *
 * <p>In the worker: {@link io.flockwork.worker.runtime.Runner} is the door; {@code Desk} (pure) knows which units wait, which
 * the child has and who is to blame when it dies; {@code Keeper} keeps a {@code RunnerProcess} alive, {@code Feeder} writes to it,
 * {@code Delivery} tells listeners what came back.
 *
 * <p>Around the child: a {@code Sandbox} that {@code SandboxSearch} finds by trying it, {@code Bubblewrap} with the {@code ReadOnlyFiles}
 * that a JVM needs and a {@code SeccompFilter}, or {@code NoSandbox}; {@code ProcessBounds} and {@code RunnerMemory} hold either way.
 *
 * <p>On the pipe: {@code Message}s in {@code Frames}; beside it the {@code Board}, a mapped file that says what runs now.
 *
 * <p>In the child: {@code RunnerMain} reads, {@code Workshop} has a {@code Slot} for each unit at a time, {@code WasmRuntime} (with
 * {@code EndiveEngine}, {@code FlatMemory} and a {@code UnitWorld} of its own) or {@code JavaRuntime} computes, the {@code Outbox} answers.
 */
package io.flockwork.worker.runtime;
