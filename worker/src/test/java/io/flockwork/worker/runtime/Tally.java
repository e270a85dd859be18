package io.flockwork.worker.runtime;

import run.endive.runtime.ExecutionListener;
import run.endive.runtime.MStack;
import run.endive.wasm.types.Instruction;
import run.endive.wasm.types.OpCode;

/** Counts the work of a module that is not rewritten, one instruction after the other, in the engine's interpreter. */
final class Tally implements ExecutionListener {
    private static final long HOST_CALL = 1_000;
    private static final long PAGE = 65_536 / 8;

    private long units;
    private long growing;

    @Override
    public void onExecution(Instruction instruction, MStack stack) {
        if (growing > 0 && (int) stack.peek() != -1) {
            units += growing * PAGE;
        }
        growing = 0;
        OpCode opcode = instruction.opcode();
        units += switch (opcode) {
            case BLOCK, LOOP, ELSE, END, NOP -> 0;
            case MEMORY_COPY, MEMORY_FILL, MEMORY_INIT -> 1 + unsigned(stack.peek()) / 8;
            case TABLE_COPY, TABLE_FILL, TABLE_INIT, TABLE_GROW -> 1 + unsigned(stack.peek());
            default -> 1;
        };
        if (opcode == OpCode.MEMORY_GROW) {
            growing = unsigned(stack.peek());
        }
    }

    private static long unsigned(long value) {
        return value & 0xffff_ffffL;
    }

    void hostCalled() {
        units += HOST_CALL;
    }

    long units() {
        return units;
    }
}
