package io.flockwork.worker.runtime;

import java.util.function.Function;
import run.endive.compiler.InterpreterFallback;
import run.endive.compiler.MachineFactoryCompiler;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.runtime.Memory;
import run.endive.wasi.WasiExitException;
import run.endive.wasm.WasmModule;

/** WebAssembly by Endive: each module is translated to JVM byte code once; functions too large for that are interpreted. */
final class EndiveEngine implements WasmEngine {
    /** What Endive says of a {@link StackOverflowError}. */
    private static final String TOO_DEEP = "call stack exhausted";

    @Override
    public Program load(byte[] bytes) {
        WasmModule module = ModuleCheck.parse(bytes);
        try {
            Function<Instance, Machine> machines = MachineFactoryCompiler.builder(module)
                    .withInterpreterFallback(InterpreterFallback.SILENT)
                    .compile();
            return new EndiveProgram(module, machines, UnitWorld.usesFiles(module));
        } catch (RuntimeException | LinkageError | StackOverflowError unsupported) {
            throw new IllegalArgumentException(
                    "the module cannot be compiled: " + Wording.cause(unsupported), unsupported);
        }
    }

    /** A module and its compiled functions. */
    private record EndiveProgram(WasmModule module, Function<Instance, Machine> machines, boolean usesFiles)
            implements Program {
        @Override
        public End run(Call call) {
            FlatMemory memory = memoryFor(call.memoryBytes());
            FuelTank tank = new FuelTank();
            int exitCode;
            try (UnitWorld world = new UnitWorld(call, usesFiles, tank)) {
                Instance instance = Instance.builder(module)
                        .withMachineFactory(machines)
                        .withMemoryFactory(limits -> memory)
                        .withImportValues(world.imports(module))
                        .withStart(false)
                        .build();
                tank.fill(instance, call.fuel());
                exitCode = start(instance);
            } catch (UnitFailure failure) {
                throw tank.isOverdrawn() ? usedUp(call) : failure;
            } catch (RuntimeException trap) {
                throw tank.isOverdrawn() ? usedUp(call) : failure(call, memory, causeOf(trap));
            }
            if (tank.isOverdrawn()) {
                throw usedUp(call);
            }
            if (exitCode != 0 && memory.wasRefused()) {
                throw failure(call, memory, "exit code " + exitCode);
            }
            return new End(exitCode, tank.used());
        }

        private static int start(Instance instance) {
            try {
                instance.export("_start").apply();
                return 0;
            } catch (WasiExitException exit) {
                return exit.exitCode();
            }
        }

        private static UnitFailure usedUp(Call call) {
            return new UnitFailure("it used up its fuel of " + call.fuel());
        }

        private static String causeOf(RuntimeException trap) {
            String cause = Wording.cause(trap).replaceFirst("^Trapped on ", "");
            return cause.equals(TOO_DEEP) ? cause : "trap: " + cause;
        }

        private static UnitFailure failure(Call call, FlatMemory memory, String cause) {
            return new UnitFailure(memory.wasRefused() ? limitCause(call) + ", then " + cause : cause);
        }

        private FlatMemory memoryFor(long bytes) {
            int pages = (int) Math.min(Memory.RUNTIME_MAX_PAGES, bytes / Memory.PAGE_SIZE);
            var limits = module.memorySection().orElseThrow().getMemory(0).limits();
            if (limits.initialPages() > pages) {
                throw new UnitFailure("memory limit of " + Wording.bytes(bytes) + " is less than the "
                        + Wording.bytes((long) limits.initialPages() * Memory.PAGE_SIZE)
                        + " that the module starts with");
            }
            return new FlatMemory(limits.initialPages(), Math.min(pages, limits.maximumPages()));
        }

        private static String limitCause(Call call) {
            return "memory limit of " + Wording.bytes(call.memoryBytes()) + " reached";
        }
    }
}
