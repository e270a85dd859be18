package io.flockwork.worker.runtime;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The runner's inside: its slots, their queue, one more slot that inspects modules while units run, and the watch over
 * them. Used by the one thread that reads the pipe.
 */
final class Workshop {
    /** Deep recursion must meet the end of its stack with room for the engine to say so. */
    private static final long STACK_BYTES = 16 << 20;

    private static final long WATCH_MILLIS = 100;
    private static final int WATCHES_PER_BEAT = 10;
    private static final Limits INSPECTION = new Limits(60_000, 1 << 20, 1 << 20, 1);

    private final List<Slot> slots = new ArrayList<>();
    private final BlockingQueue<Slot.Assignment> queue = new LinkedBlockingQueue<>();
    private final BlockingQueue<Slot.Assignment> inspections = new LinkedBlockingQueue<>();
    private final Map<Integer, Slot.Definition> definitions = new HashMap<>();
    private final WasmEngine engine = new EndiveEngine();
    private final Outbox outbox;

    Workshop(int units, long memoryBytes, Board board, Outbox outbox) {
        this.outbox = outbox;
        MemoryBudget memory = new MemoryBudget(memoryBytes);
        for (int place = 0; place < units; place++) {
            slots.add(new Slot(place, queue, memory, outbox, board));
        }
        slots.add(new Slot(units, inspections, new MemoryBudget(INSPECTION.memoryBytes()), outbox, board));
    }

    /** Places on the board for that many units at once. */
    static int places(int units) {
        return units + 1;
    }

    void open() {
        for (int place = 0; place < slots.size(); place++) {
            start(slots.get(place), "slot-" + place);
        }
        start(this::watch, "watch");
        outbox.send(new Message.Beat());
    }

    private static void start(Runnable work, String name) {
        Thread thread = new Thread(null, work, name, STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
    }

    void define(Message.Define define) {
        definitions.put(define.number(), new Slot.Definition(runtimeFor(define), define.limits()));
    }

    void forget(int number) {
        definitions.remove(number);
    }

    void add(Message.Units units) {
        Slot.Definition definition = definitions.get(units.number());
        for (Message.Order order : units.orders()) {
            queue.add(new Slot.Assignment(order, definition));
        }
    }

    void inspect(Message.Inspect inspect) {
        UnitTask task = new UnitTask(new Span(0, 1), inspect.module(), "");
        UnitRuntime inspector = (module, stderr) -> inspect(module.input(), inspect.metered());
        inspections.add(
                new Slot.Assignment(new Message.Order(inspect.id(), task), new Slot.Definition(inspector, INSPECTION)));
    }

    void stop(List<Integer> ids) {
        Set<Integer> stopped = new HashSet<>(ids);
        queue.removeIf(assignment -> stopped.contains(assignment.order().id()));
        slots.forEach(slot -> slot.stop(stopped));
    }

    private UnitRuntime.Product inspect(byte[] module, BlobId metered) {
        String complaint = "";
        try {
            engine.load(MeteredModule.of(module, metered));
        } catch (IllegalArgumentException refusal) {
            complaint = Wording.cause(refusal);
        }
        return new UnitRuntime.Product(complaint.getBytes(StandardCharsets.UTF_8), 0);
    }

    /** The runtime for that code; code that cannot run still answers for each of its units. */
    private UnitRuntime runtimeFor(Message.Define define) {
        try {
            return define.code() instanceof Code.Wasm wasm
                    ? new WasmRuntime(engine, define, wasm)
                    : new JavaRuntime(define, (Code.Java) define.code());
        } catch (RuntimeException | LinkageError | ServiceConfigurationError unfit) {
            String cause = Wording.cause(unfit);
            return (task, stderr) -> {
                throw new UnitFailure(cause);
            };
        }
    }

    private void watch() {
        try {
            for (int round = 1; ; round++) {
                Thread.sleep(WATCH_MILLIS);
                outbox.flush();
                if (round % WATCHES_PER_BEAT == 0) {
                    outbox.send(new Message.Beat());
                }
                long nanos = System.nanoTime();
                for (Slot slot : slots) {
                    if (slot.isStuck(nanos)) {
                        slot.giveUp(nanos);
                        leave();
                    }
                }
            }
        } catch (InterruptedException nobodyDoesThat) {
            throw new IllegalStateException(nobodyDoesThat);
        }
    }

    /** A thread that does not stop can only be stopped with its process. */
    private void leave() {
        outbox.send(new Message.Bye());
        Runtime.getRuntime().halt(RunnerMain.UNIT_STUCK);
    }
}
