package io.flockwork.worker.lease;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.UnitOutcome;
import io.flockwork.sdk.wire.WorkerMessage.Answer;
import io.flockwork.sdk.wire.WorkerMessage.JobNotice;
import io.flockwork.sdk.wire.WorkerMessage.LeasedUnit;
import io.flockwork.worker.runtime.OutcomeListener.Ended;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Runs units when the test says so, and keeps uploads waiting for it. */
final class FakeBench implements Workbench {
    /** A long result on its way to a core. */
    record Upload(Address core, Consumer<Answer> answered) {}

    final List<Span> running = new ArrayList<>();
    final List<Span> dropped = new ArrayList<>();
    final List<Consumer<Answer>> stores = new ArrayList<>();
    final List<Upload> uploads = new ArrayList<>();
    boolean closed;
    private Consumer<List<Ended>> listener;

    @Override
    public void run(JobNotice notice, List<LeasedUnit> units, Consumer<List<Ended>> ended) {
        units.forEach(unit -> running.add(unit.unit()));
        listener = ended;
    }

    void end(Span unit, UnitOutcome outcome) {
        end(List.of(unit), outcome);
    }

    /** All of these at once. */
    void end(List<Span> units, UnitOutcome outcome) {
        running.removeAll(units);
        listener.accept(units.stream().map(unit -> new Ended(unit, outcome)).toList());
    }

    @Override
    public void store(UnitOutcome.Done done, Consumer<Answer> answered) {
        stores.add(answered);
    }

    @Override
    public void upload(Address core, Answer.Uploaded stored, Consumer<Answer> answered) {
        uploads.add(new Upload(core, answered));
    }

    @Override
    public void drop(JobId job, Collection<Span> units) {
        dropped.addAll(units);
    }

    @Override
    public void close(JobId job) {
        closed = true;
    }
}
