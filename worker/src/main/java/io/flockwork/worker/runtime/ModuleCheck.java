package io.flockwork.worker.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Export;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionBody;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.Import;
import run.endive.wasm.types.OpCode;
import run.endive.wasm.types.WasmEncoding;

/** Says in one sentence why a module cannot run here, before any of it does. */
final class ModuleCheck {
    private static final int MOST_NAMED = 3;
    private static final FunctionType START = FunctionType.of(List.of(), List.of());

    private final WasmModule module;

    private ModuleCheck(WasmModule module) {
        this.module = module;
    }

    /**
     * Parses and validates a WASI preview 1 command module that has been rewritten to count its work.
     *
     * @throws IllegalArgumentException with one sentence when it is none
     */
    static WasmModule parse(byte[] bytes) {
        WasmModule module;
        try {
            module = Parser.parse(bytes);
        } catch (RuntimeException | StackOverflowError damaged) {
            // The parser names every complaint that the damage might be known by, in one string; the first will do.
            String complaint = Wording.cause(damaged).split(", ")[0];
            throw new IllegalArgumentException("the module is damaged or of an unknown kind: " + complaint, damaged);
        }
        new ModuleCheck(module).check();
        return module;
    }

    private void check() {
        checkImports();
        checkMemory();
        checkStart();
        checkOffsets();
    }

    private void checkImports() {
        List<String> unknown = new ArrayList<>();
        for (int i = 0; i < module.importSection().importCount(); i++) {
            Import wanted = module.importSection().getImport(i);
            if (!isKnown(wanted)) {
                unknown.add(wanted.module() + "." + wanted.name());
            }
        }
        Stream<String> named = unknown.stream().limit(MOST_NAMED);
        require(
                unknown.isEmpty(),
                "the module imports what a unit does not get: " + String.join(", ", named.toList())
                        + (unknown.size() > MOST_NAMED ? " and " + (unknown.size() - MOST_NAMED) + " more" : ""));
    }

    private boolean isKnown(Import wanted) {
        if (!(wanted instanceof FunctionImport function) || !wanted.module().equals(UnitWorld.MODULE)) {
            return false;
        }
        FunctionType offered = UnitWorld.FUNCTIONS.get(function.name());
        return offered != null
                && module.typeSection().getType(function.typeIndex()).equals(offered);
    }

    private void checkMemory() {
        int memories =
                module.memorySection().map(section -> section.memoryCount()).orElse(0);
        require(memories == 1, "the module must have one memory, not " + memories);
    }

    private void checkStart() {
        for (int i = 0; i < module.exportSection().exportCount(); i++) {
            Export export = module.exportSection().getExport(i);
            if (export.name().equals("_start") && export.exportType() == ExternalType.FUNCTION) {
                require(typeOf(export.index()).equals(START), "the module's _start takes arguments or gives results");
                return;
            }
        }
        throw new IllegalArgumentException("the module exports no _start: it is not a WASI command");
    }

    private FunctionType typeOf(int function) {
        int imported = module.importSection().count(ExternalType.FUNCTION);
        return function < imported
                ? module.typeSection()
                        .getType(((FunctionImport) module.importSection().getImport(function)).typeIndex())
                : module.functionSection().getFunctionType(function - imported, module.typeSection());
    }

    /** The engine adds such an offset as if it were negative, and so would reach other memory than it should. */
    private void checkOffsets() {
        for (FunctionBody body : module.codeSection().functionBodies()) {
            require(
                    body.instructions().stream()
                            .noneMatch(ins -> isMemoryAccess(ins.opcode()) && ins.operand(1) > Integer.MAX_VALUE),
                    "the module has a memory offset over 2 GiB");
        }
    }

    private static boolean isMemoryAccess(OpCode opcode) {
        return OpCode.signature(opcode).contains(WasmEncoding.MEMARG);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
