package io.flockwork.worker.lease;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Slice;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.wire.WorkerMessage.LeasedUnit;
import io.flockwork.worker.runtime.UnitTask;
import io.flockwork.worker.swarm.BlobView;
import io.flockwork.worker.swarm.Swarm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Brings the inputs of a batch of units, passing units on as soon as some have theirs. Blocks; used once. */
final class InputLoader {
    private static final int MOST_UNITS = 2_048;
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_PAUSES = 60;
    private static final long PAUSE_MILLIS = 500;

    private final Swarm swarm;
    private final InputBudget budget;
    private final Sink sink;
    private final List<UnitTask> loaded = new ArrayList<>();
    private int loadedBytes;
    private int pauses;
    private BlobId open;
    private BlobView view;

    /** Where loaded units go. */
    interface Sink {
        /** These have their inputs; the share is to be freed once for each. */
        void ready(List<UnitTask> tasks, InputBudget.Share share);

        /** This one's input cannot be had. */
        void unreadable(Span unit, String why);

        /** True when nobody waits for these units any more. */
        boolean isOver();
    }

    InputLoader(Swarm swarm, InputBudget budget, Sink sink) {
        this.swarm = swarm;
        this.budget = budget;
        this.sink = sink;
    }

    /**
     * @throws InterruptedException when there was no room before this worker closed
     */
    void load(List<LeasedUnit> units) throws InterruptedException {
        for (LeasedUnit unit : units) {
            if (sink.isOver()) {
                return;
            }
            try {
                read(unit);
            } catch (IOException | RuntimeException missing) {
                sink.unreadable(unit.unit(), "its input could not be fetched: " + missing.getMessage());
            }
            if (loaded.size() >= MOST_UNITS || loadedBytes >= MOST_BYTES) {
                passOn();
            }
        }
        passOn();
    }

    private void read(LeasedUnit unit) throws IOException, InterruptedException {
        Slice slice = unit.input().orElseThrow(() -> new IOException("the lease names none"));
        loaded.add(new UnitTask(unit.unit(), bytes(slice), slice.name()));
        loadedBytes += slice.length();
    }

    /** A holder that is away may come back: waits for it, for as long as the whole batch may wait. */
    private byte[] bytes(Slice slice) throws IOException, InterruptedException {
        while (true) {
            try {
                if (!slice.blob().equals(open)) {
                    view = swarm.view(slice.blob());
                    open = slice.blob();
                }
                return view.read(slice.offset(), slice.length());
            } catch (IOException away) {
                if (pauses++ >= MOST_PAUSES) {
                    throw away;
                }
                passOn();
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private void passOn() throws InterruptedException {
        if (!loaded.isEmpty()) {
            sink.ready(List.copyOf(loaded), budget.take(loadedBytes, loaded.size()));
            loaded.clear();
            loadedBytes = 0;
        }
    }
}
