package io.flockwork.worker.local;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.Slice;
import io.flockwork.sdk.wire.WorkerMessage.LeasedUnit;
import io.flockwork.worker.runtime.OutcomeListener.Ended;
import io.flockwork.worker.runtime.Runner;
import io.flockwork.worker.runtime.UnitCode;
import io.flockwork.worker.runtime.UnitTask;
import io.flockwork.worker.swarm.BlobView;
import io.flockwork.worker.swarm.Swarm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Feeds a runner with a job's units, with not many more inputs in memory than its slots need. Used by one thread. */
final class Bench {
    private static final long MOST_INPUT_BYTES = 16 << 20;
    private static final int MOST_UNITS = 2_048;
    private static final long MOMENT_MILLIS = 200;

    private final Runner runner;
    private final int slots;
    private final Swarm swarm;
    private final UnitCode code;
    private final Deque<LeasedUnit> waiting = new ArrayDeque<>();
    private final Map<Long, Integer> inHand = new HashMap<>();
    private final BlockingQueue<List<Ended>> ended = new LinkedBlockingQueue<>();
    private long inputBytes;
    private BlobId open;
    private BlobView view;

    Bench(Runner runner, int slots, Swarm swarm, JobRecord job, boolean range) {
        this.runner = runner;
        this.slots = slots;
        this.swarm = swarm;
        this.code = new UnitCode(
                job.id(),
                job.spec().code(),
                job.spec().limits(),
                range,
                () -> module(swarm, job.spec().code()));
    }

    private static byte[] module(Swarm swarm, Code code) {
        BlobId module = ((Code.Wasm) code).module();
        try {
            return swarm.view(module).read(0, (int) swarm.manifest(module).size());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** True when the slots will soon be idle. */
    boolean isLow() {
        return waiting.size() + inHand.size() < 2 * slots;
    }

    boolean isIdle() {
        return waiting.isEmpty() && inHand.isEmpty();
    }

    void add(Collection<LeasedUnit> units) throws IOException {
        waiting.addAll(units);
        feed();
    }

    private void feed() throws IOException {
        List<UnitTask> tasks = new ArrayList<>();
        while (!waiting.isEmpty() && hasRoom()) {
            LeasedUnit unit = waiting.remove();
            byte[] input =
                    unit.input().isEmpty() ? new byte[0] : read(unit.input().get());
            tasks.add(new UnitTask(
                    unit.unit(), input, unit.input().map(Slice::name).orElse("")));
            inHand.put(unit.unit().from(), input.length);
            inputBytes += input.length;
        }
        if (!tasks.isEmpty()) {
            runner.run(code, tasks, (job, units) -> ended.add(units));
        }
    }

    private boolean hasRoom() {
        return inHand.size() < slots || inHand.size() < MOST_UNITS && inputBytes < MOST_INPUT_BYTES;
    }

    private byte[] read(Slice slice) throws IOException {
        if (!slice.blob().equals(open)) {
            view = swarm.view(slice.blob());
            open = slice.blob();
        }
        return view.read(slice.offset(), slice.length());
    }

    /** What has ended, waiting a moment for it; perhaps nothing. */
    List<Ended> await() throws IOException, InterruptedException {
        List<Ended> units = new ArrayList<>();
        List<Ended> first = ended.poll(MOMENT_MILLIS, TimeUnit.MILLISECONDS);
        for (List<Ended> batch = first; batch != null; batch = ended.poll()) {
            units.addAll(batch);
        }
        for (Ended unit : units) {
            inputBytes -= inHand.remove(unit.unit().from());
        }
        feed();
        return units;
    }
}
