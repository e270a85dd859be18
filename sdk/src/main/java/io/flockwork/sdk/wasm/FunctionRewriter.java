package io.flockwork.sdk.wasm;

import java.util.ArrayList;
import java.util.List;

/**
 * Rewrites one function: follows where control goes, and has each basic block paid for. Function bodies are read once, from
 * their start to their end, whatever they are; how deep blocks lie in each other costs memory only.
 */
final class FunctionRewriter {
    /** As many as V8 takes. */
    private static final int MOST_TARGETS = 65_520;

    private final Shape shape;
    private final Layout layout;
    private final Signature signature;
    private final ByteSource source;
    private final Locals locals;
    private final Meter meter;
    private final ByteSink done = new ByteSink();
    private final BasicBlock block;
    private final StraightCode straight;
    private final List<Frame> frames = new ArrayList<>();
    private boolean calls;

    FunctionRewriter(Shape shape, Layout layout, int function, ByteSource body) {
        this.shape = shape;
        this.layout = layout;
        this.signature = shape.functions.get(function);
        this.source = body;
        this.locals = Locals.read(body, signature.parameters().size());
        this.meter = new Meter(layout.fuel(), locals);
        this.block = new BasicBlock(meter, done);
        this.straight = new StraightCode(shape, layout, locals, source, block, meter);
    }

    /** The function's new body. */
    ByteSink rewrite() {
        Frame function = new Frame(Op.BLOCK, true);
        frames.add(function);
        while (!frames.isEmpty()) {
            instruction(source.position(), source.u8());
        }
        source.requireEnd("a function");
        ByteSink code = new ByteSink();
        meter.enter(code, calls);
        if (function.targeted) {
            // What branched to the end of the function now branches to the end of a block around it all.
            code.u8(Op.BLOCK).append(blockType()).append(done).u8(Op.END);
            meter.begin();
            meter.save(code);
        } else {
            code.append(done);
        }
        ByteSink body = new ByteSink();
        locals.write(body);
        return body.append(code).u8(Op.END);
    }

    private ByteSink blockType() {
        List<Integer> results = signature.results();
        return switch (results.size()) {
            case 0 -> new ByteSink().u8(ValueType.NONE);
            case 1 -> new ByteSink().u8(results.get(0));
            default -> new ByteSink().s64(layout.typeOf(new Signature(List.of(), results)));
        };
    }

    private void instruction(int from, int op) {
        switch (op) {
            case Op.BLOCK -> open(from, op);
            case Op.LOOP -> loop(from);
            case Op.IF -> {
                block.count();
                open(from, op);
            }
            case Op.ELSE -> otherwise();
            case Op.END -> end();
            case Op.BR, Op.BR_IF -> branch(from, op);
            case Op.BR_TABLE -> branchByTable(from);
            case Op.RETURN -> leave(from, op);
            case Op.UNREACHABLE -> stop(from, op);
            case Op.CALL -> call();
            case Op.CALL_INDIRECT -> callIndirect(from);
            default -> straight.instruction(from, op);
        }
    }

    private void open(int from, int op) {
        readBlockType();
        if (op == Op.IF) {
            settle();
        }
        copy(from, op);
        frames.add(new Frame(op, block.isLive()));
        if (op == Op.IF) {
            block.finish();
        }
    }

    private void loop(int from) {
        readBlockType();
        settle();
        copy(from, Op.LOOP);
        block.finish();
        block.headsLoop();
        frames.add(new Frame(Op.LOOP, block.isLive()));
    }

    private void otherwise() {
        Frame frame = frames.get(frames.size() - 1);
        if (frame.opcode != Op.IF || frame.hasElse) {
            throw Refusal.damaged("an else without an if");
        }
        settle();
        frame.hasElse = true;
        frame.firstEnds = block.isLive();
        block.next(Op.ELSE).u8(Op.ELSE);
        block.finish();
        block.setLive(frame.live);
    }

    private void end() {
        Frame frame = frames.remove(frames.size() - 1);
        if (frames.isEmpty()) {
            endFunction(frame);
            return;
        }
        boolean joins = frame.joins();
        if (joins) {
            settle();
        }
        block.next(Op.END).u8(Op.END);
        if (joins) {
            block.finish();
        }
        block.setLive(block.isLive() || joins);
    }

    private void endFunction(Frame frame) {
        if (block.isLive()) {
            if (frame.targeted) {
                settle();
            } else {
                meter.save(block.code());
            }
        }
        block.finish();
    }

    private void branch(int from, int op) {
        block.count();
        target();
        settle();
        copy(from, op);
        if (op == Op.BR) {
            block.setLive(false);
        } else {
            block.finish();
        }
    }

    private void branchByTable(int from) {
        block.count();
        int targets = source.count(MOST_TARGETS, "targets in one branch");
        for (int i = 0; i <= targets; i++) {
            target();
        }
        settle();
        copy(from, Op.BR_TABLE);
        block.setLive(false);
    }

    private void target() {
        int depth = source.index(frames.size(), "block");
        if (block.isLive()) {
            frames.get(frames.size() - 1 - depth).targeted = true;
        }
    }

    private void leave(int from, int op) {
        if (block.isLive()) {
            meter.save(block.code());
        }
        stop(from, op);
    }

    private void stop(int from, int op) {
        block.count();
        copy(from, op);
        block.setLive(false);
    }

    private void call() {
        int function = source.index(shape.functions.size(), "function");
        beforeCall();
        block.next(Op.CALL).u8(Op.CALL).u32(layout.target(function));
        meter.called();
    }

    private void callIndirect(int from) {
        source.index(shape.types.size(), "type");
        source.index(shape.tables, "table");
        beforeCall();
        copy(from, Op.CALL_INDIRECT);
        meter.called();
    }

    private void beforeCall() {
        block.count();
        calls = true;
        if (block.isLive()) {
            meter.save(block.code());
        }
    }

    private void settle() {
        if (block.isLive()) {
            meter.settle(block.code());
        }
    }

    private void copy(int from, int op) {
        source.copyTo(block.next(op), from);
    }

    private void readBlockType() {
        long type = source.s33();
        if (type >= shape.types.size()) {
            throw Refusal.damaged("there is no type " + type);
        }
        if (type < 0 && type != ValueType.NONE - 0x80) {
            ValueType.require((int) (type + 0x80));
        }
    }
}
