package io.flockwork.worker.master;

import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.proof.Witness;
import io.flockwork.sdk.wire.WorkerMessage;
import java.util.ArrayList;
import java.util.List;

/** A worker's socket that remembers what was sent. */
final class FakeChannel implements WorkerChannel {
    final List<WorkerMessage> sent = new ArrayList<>();
    private final WorkerInfo worker;

    private int taken;

    FakeChannel(int number) {
        worker = TestJobs.worker(number);
    }

    /** A worker that belongs to the operator of another. */
    FakeChannel(int operator, int number) {
        worker = TestJobs.worker(TestJobs.node(number), operator);
    }

    /** Units leased to it since this was last asked. */
    List<Span> takeLeased() {
        List<Span> all = leased();
        List<Span> fresh = all.subList(taken, all.size());
        taken = all.size();
        return fresh;
    }

    @Override
    public WorkerInfo worker() {
        return worker;
    }

    @Override
    public Witness witness() {
        return new Witness(worker.id(), "", "");
    }

    @Override
    public void refuse(String why) {
        sent.add(new WorkerMessage.Refused(why));
    }

    @Override
    public void send(WorkerMessage message) {
        sent.add(message);
    }

    /** All units leased to it so far. */
    List<Span> leased() {
        return of(WorkerMessage.Leases.class).stream()
                .flatMap(leases -> leases.units().stream())
                .map(WorkerMessage.LeasedUnit::unit)
                .toList();
    }

    List<Span> acknowledged() {
        return of(WorkerMessage.Acknowledged.class).stream()
                .flatMap(message -> message.units().stream())
                .toList();
    }

    List<Span> dropped() {
        return of(WorkerMessage.Dropped.class).stream()
                .flatMap(message -> message.units().stream())
                .toList();
    }

    <T> List<T> of(Class<T> type) {
        return sent.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
