package io.flockwork.worker.master;

import io.flockwork.sdk.blob.BlobHasher;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.UnitOutcome;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.proof.Witness;
import io.flockwork.sdk.wire.WorkerMessage;
import io.flockwork.sdk.wire.WorkerMessage.Answer;
import io.flockwork.sdk.wire.WorkerMessage.LeasedUnit;
import io.flockwork.sdk.wire.WorkerMessage.UnitReport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A simulated worker with one slot that follows one job from master to master, as its home core names them: computes, sometimes fails or lies, loses
 * messages, says things twice, keeps its reports until they are acknowledged, and may vanish. Its network takes a
 * millisecond and keeps the order.
 */
final class Volunteer {
    /** How a volunteer behaves; rates are shares of units or messages. */
    record Habits(double indicesPerSecond, double lies, double failures, double lost, double twice) {
        static Habits honest(double indicesPerSecond) {
            return new Habits(indicesPerSecond, 0, 0, 0, 0);
        }
    }

    private static final Duration LATENCY = Duration.ofMillis(1);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration BEAT = Duration.ofSeconds(2);
    private static final Duration RESEND = Duration.ofSeconds(10);

    private final MasterWorld world;
    private final JobId job;
    private final WorkerInfo info;
    private final Habits habits;
    private final Random random;
    private final Set<Span> inHand = new LinkedHashSet<>();
    private final Deque<Span> queue = new ArrayDeque<>();
    private final Map<Span, UnitReport> unacknowledged = new LinkedHashMap<>();
    private MasterWorld.Core home;
    private Socket socket;
    private int epoch = -1;
    private boolean asked;
    private boolean computing;
    private boolean gone;
    long reported;

    Volunteer(MasterWorld world, JobId job, int number, Habits habits) {
        this.world = world;
        this.job = job;
        this.info = TestJobs.worker(number);
        this.habits = habits;
        this.random = new Random(number);
        every(LOOK, this::look);
        every(BEAT, this::beat);
        every(RESEND, this::resend);
    }

    private void every(Duration period, Runnable task) {
        world.time.after(period, () -> {
            if (!gone) {
                task.run();
                every(period, task);
            }
        });
    }

    /** Vanishes; {@code politely}: its socket is seen to close. */
    void vanish(boolean politely) {
        gone = true;
        if (politely && socket != null) {
            Socket closed = socket;
            world.time.after(LATENCY, () -> closed.core.masters.gone(closed));
        }
    }

    /** Units and reports that it holds. */
    int held() {
        return inHand.size() + unacknowledged.size();
    }

    WorkerInfo info() {
        return info;
    }

    private void look() {
        if (!world.cores.contains(home)) {
            home = world.cores.get(random.nextInt(world.cores.size()));
        }
        Optional<JobRecord> record = home.mesh.job(job);
        if (record.isPresent()
                && record.get().epoch() > epoch
                && record.get().master().isPresent()) {
            world.cores.stream()
                    .filter(core ->
                            core.mesh.self().equals(record.get().master().get()))
                    .findFirst()
                    .ifPresent(core -> follow(core, record.get().epoch()));
        }
        ask();
    }

    private void follow(MasterWorld.Core core, int newEpoch) {
        if (socket != null) {
            Socket old = socket;
            world.time.after(LATENCY, () -> old.core.masters.gone(old));
        }
        socket = new Socket(core);
        epoch = newEpoch;
        asked = false;
        beat();
        resend();
    }

    private void ask() {
        if (socket != null && !asked && inHand.size() < 3) {
            asked = true;
            socket.toCore(new WorkerMessage.Ask(job, 1, 0.5, 0, 100));
        }
    }

    private void beat() {
        if (socket != null && !inHand.isEmpty()) {
            socket.toCore(new WorkerMessage.InHand(job, List.copyOf(inHand)));
        }
    }

    private void resend() {
        if (socket != null && !unacknowledged.isEmpty()) {
            socket.toCore(new WorkerMessage.Report(job, List.copyOf(unacknowledged.values())));
        }
    }

    private void heard(WorkerMessage message) {
        if (gone) {
            return;
        }
        if (message instanceof WorkerMessage.Leases leases) {
            asked = false;
            leases.units().forEach(this::leased);
            compute();
        } else if (message instanceof WorkerMessage.Acknowledged acknowledged) {
            acknowledged.units().forEach(unacknowledged::remove);
        } else if (message instanceof WorkerMessage.Dropped dropped) {
            dropped.units().forEach(inHand::remove);
        } else if (message instanceof WorkerMessage.NotLed) {
            asked = false;
        }
        ask();
    }

    private void leased(LeasedUnit unit) {
        if (!unacknowledged.containsKey(unit.unit()) && inHand.add(unit.unit())) {
            queue.add(unit.unit());
        }
    }

    private void compute() {
        Span unit = queue.peek();
        if (computing || unit == null) {
            return;
        }
        computing = true;
        double seconds = unit.size() / habits.indicesPerSecond() * (0.5 + random.nextDouble());
        world.time.after(Duration.ofNanos((long) (seconds * 1e9)), () -> {
            computing = false;
            queue.poll();
            if (!gone && inHand.remove(unit)) {
                report(unit, (long) (seconds * 1e6));
            }
            compute();
        });
    }

    private void report(Span unit, long micros) {
        UnitReport report = new UnitReport(unit, answer(unit, micros));
        unacknowledged.put(unit, report);
        reported++;
        if (random.nextDouble() >= habits.lost()) {
            socket.toCore(new WorkerMessage.Report(job, List.of(report)));
        }
        if (random.nextDouble() < habits.twice()) {
            socket.toCore(new WorkerMessage.Report(job, List.of(report, report)));
        }
        ask();
    }

    private Answer answer(Span unit, long micros) {
        if (random.nextDouble() < habits.failures()) {
            return new Answer.Failed(new UnitOutcome.Failed("exit code 3", TestJobs.bytes("oops"), micros));
        }
        long lie = random.nextDouble() < habits.lies() ? 1 + random.nextInt(1_000_000) : 0;
        byte[] output = TestJobs.bytes(Long.toString(sum(unit.from(), unit.to()) + lie));
        if (random.nextInt(200) > 0) {
            return new Answer.Inline(output, new byte[0], micros);
        }
        TestJobs.publish(world.swarm, "result", output);
        return new Answer.Uploaded(new BlobHasher().idOf(output), 12345, new byte[0], micros);
    }

    /** What an honest worker answers: the sum of the unit's indices. */
    static long sum(long from, long to) {
        return (from + to - 1) * (to - from) / 2;
    }

    List<Span> inHand() {
        return new ArrayList<>(inHand);
    }

    /** This worker's connection to one core. */
    private final class Socket implements WorkerChannel {
        private final MasterWorld.Core core;

        Socket(MasterWorld.Core core) {
            this.core = core;
        }

        void toCore(WorkerMessage message) {
            world.time.after(LATENCY, () -> core.received(this, job, message));
        }

        @Override
        public WorkerInfo worker() {
            return info;
        }

        @Override
        public Witness witness() {
            return new Witness(info.id(), "", "");
        }

        @Override
        public void refuse(String why) {
            throw new AssertionError(why);
        }

        @Override
        public void send(WorkerMessage message) {
            world.time.after(LATENCY, () -> {
                if (this == socket) {
                    heard(message);
                }
            });
        }
    }
}
