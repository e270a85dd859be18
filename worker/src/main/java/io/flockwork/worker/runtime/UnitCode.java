package io.flockwork.worker.runtime;

import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Limits;
import java.util.function.Supplier;

/**
 * What a job's units run.
 *
 * @param range true when the units are spans of a range: FROM and TO become a module's last two arguments, or the unit's
 *     input {@code "FROM TO\n"} for a job type
 * @param module the module's bytes when the code is WebAssembly; asked for once per runner process
 */
public record UnitCode(JobId job, Code code, Limits limits, boolean range, Supplier<byte[]> module) {}
