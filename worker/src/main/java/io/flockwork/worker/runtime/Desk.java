package io.flockwork.worker.runtime;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.UnitOutcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Which units wait, which the runner has, and who is to blame when it dies. No threads, no I/O; not thread-safe.
 *
 * <p>The runner holds enough units to be busy for a moment, two for each slot at least: many tiny ones, few long ones.
 * When it dies, the units that were running are suspects: each runs once more with no other beside it, and the one that
 * is alone when a runner dies is guilty.
 */
final class Desk {
    private static final double BUSY_MICROS_PER_SLOT = 400_000;
    private static final int MOST_GIVEN = 16_384;
    private static final int MOST_GIVEN_BYTES = 4 << 20;
    private static final int BATCH_BYTES = 64 << 10;
    private static final int BATCH_UNITS = 1024;
    private static final int MOST_JOBS = 8;

    /** What to tell the runner next. */
    sealed interface Errand {
        /** A message, as it is. */
        record Send(Message message) implements Errand {}

        /** Units of one job, after its code where {@code define} says so. */
        record Give(DeskJob job, boolean define, List<Message.Order> orders) implements Errand {}
    }

    private final int slots;
    private final Deque<Ticket.Unit> waiting = new ArrayDeque<>();
    private final Deque<Ticket.Inspection> inspections = new ArrayDeque<>();
    private final Deque<Ticket> suspects = new ArrayDeque<>();
    private final Map<Integer, Ticket> given = new HashMap<>();
    private final Map<JobId, DeskJob> jobs = new LinkedHashMap<>(16, 0.75f, true);
    private final Deque<Message> notices = new ArrayDeque<>();
    private long givenBytes;
    private boolean alone;
    private int lastId;
    private int lastNumber;

    Desk(int slots) {
        this.slots = slots;
    }

    void add(UnitCode code, List<UnitTask> tasks, OutcomeListener listener) {
        DeskJob job = jobs.computeIfAbsent(code.job(), id -> new DeskJob(++lastNumber, code));
        for (UnitTask task : tasks) {
            waiting.add(new Ticket.Unit(nextId(), job, task, listener));
        }
        job.waiting += tasks.size();
        forgetIdleJobs();
    }

    void inspect(byte[] module, BlobId metered, Consumer<UnitOutcome> listener) {
        inspections.add(new Ticket.Inspection(nextId(), module, metered, listener));
    }

    /** The runner starts what it was given as soon as a slot is free. */
    int busySlots() {
        return Math.min(slots, given.size());
    }

    /** True when nothing waits and the runner has nothing. */
    boolean isIdle() {
        return waiting.isEmpty() && inspections.isEmpty() && suspects.isEmpty() && given.isEmpty();
    }

    private int nextId() {
        lastId = lastId == Integer.MAX_VALUE ? 1 : lastId + 1;
        return lastId;
    }

    private void forgetIdleJobs() {
        Iterator<DeskJob> eldestFirst = jobs.values().iterator();
        while (jobs.size() > MOST_JOBS && eldestFirst.hasNext()) {
            DeskJob job = eldestFirst.next();
            if (job.isIdle()) {
                eldestFirst.remove();
                forget(job);
            }
        }
    }

    private void forget(DeskJob job) {
        if (job.defined) {
            notices.add(new Message.Forget(job.number));
        }
    }

    /** What to tell the runner now, if anything; counts as told. */
    Optional<Errand> next() {
        if (!notices.isEmpty()) {
            return Optional.of(new Errand.Send(notices.poll()));
        }
        if (alone || !suspects.isEmpty()) {
            return given.isEmpty() ? Optional.of(giveSuspect()) : Optional.empty();
        }
        if (!inspections.isEmpty()) {
            return Optional.of(give(inspections.poll()));
        }
        return waiting.isEmpty() || !hasRoom(load()) ? Optional.empty() : Optional.of(giveBatch());
    }

    private Errand giveSuspect() {
        alone = true;
        Ticket suspect = suspects.poll();
        if (suspect instanceof Ticket.Inspection inspection) {
            return give(inspection);
        }
        List<Message.Order> orders = new ArrayList<>();
        Ticket.Unit unit = (Ticket.Unit) suspect;
        boolean define = give(unit, orders);
        return new Errand.Give(unit.job(), define, orders);
    }

    private Errand give(Ticket.Inspection inspection) {
        given.put(inspection.id(), inspection);
        return new Errand.Send(new Message.Inspect(inspection.id(), inspection.module(), inspection.metered()));
    }

    private Errand giveBatch() {
        DeskJob job = waiting.peek().job();
        List<Message.Order> orders = new ArrayList<>();
        boolean define = !job.defined;
        double load = load();
        int bytes = 0;
        do {
            Ticket.Unit unit = waiting.poll();
            give(unit, orders);
            bytes += unit.task().input().length;
            load += job.averageMicros();
        } while (!waiting.isEmpty()
                && waiting.peek().job() == job
                && bytes < BATCH_BYTES
                && orders.size() < BATCH_UNITS
                && hasRoom(load));
        return new Errand.Give(job, define, orders);
    }

    private boolean give(Ticket.Unit unit, List<Message.Order> orders) {
        DeskJob job = unit.job();
        given.put(unit.id(), unit);
        givenBytes += unit.task().input().length;
        job.waiting--;
        job.given++;
        orders.add(new Message.Order(unit.id(), unit.task()));
        boolean define = !job.defined;
        job.defined = true;
        return define;
    }

    private double load() {
        return jobs.values().stream()
                .mapToDouble(job -> job.given * job.averageMicros())
                .sum();
    }

    private boolean hasRoom(double load) {
        return given.size() < 2 * slots
                || load < slots * BUSY_MICROS_PER_SLOT && given.size() < MOST_GIVEN && givenBytes < MOST_GIVEN_BYTES;
    }

    /** Takes an answer; empty when nobody waits for it any more. */
    Optional<Ticket.Answered> answer(int id, UnitOutcome outcome) {
        Ticket ticket = given.get(id);
        if (ticket == null) {
            return Optional.empty();
        }
        takeBack(ticket);
        if (ticket instanceof Ticket.Unit unit) {
            unit.job().measure(outcome);
        }
        return Optional.of(new Ticket.Answered(ticket, outcome));
    }

    private void takeBack(Ticket ticket) {
        given.remove(ticket.id());
        alone = false;
        if (ticket instanceof Ticket.Unit unit) {
            givenBytes -= unit.task().input().length;
            unit.job().given--;
        }
    }

    /**
     * The runner is gone; what it had is to be run again by the next one, which knows no code yet.
     *
     * @param running the tickets that were running
     * @param blame false when the runner has answered for the one that made it leave
     * @return what is found guilty
     */
    List<Ticket> lost(Set<Integer> running, boolean blame) {
        boolean wasAlone = alone;
        List<Ticket> had = new ArrayList<>(given.values());
        had.sort(Comparator.comparingInt(Ticket::id).reversed());
        had.forEach(this::takeBack);
        notices.clear();
        jobs.values().forEach(job -> job.defined = false);
        if (blame && wasAlone) {
            return had;
        }
        boolean anyRunning = had.stream().anyMatch(ticket -> running.contains(ticket.id()));
        for (Ticket ticket : had) {
            putBack(ticket, blame && (!anyRunning || running.contains(ticket.id())));
        }
        return List.of();
    }

    private void putBack(Ticket ticket, boolean suspected) {
        if (ticket instanceof Ticket.Unit unit) {
            unit.job().waiting++;
        }
        if (suspected) {
            suspects.addFirst(ticket);
        } else if (ticket instanceof Ticket.Unit unit) {
            waiting.addFirst(unit);
        } else if (ticket instanceof Ticket.Inspection inspection) {
            inspections.addFirst(inspection);
        }
    }

    /** Forgets units of a job, and has those stopped that run. */
    void drop(JobId id, Predicate<Ticket.Unit> which) {
        DeskJob job = jobs.get(id);
        if (job != null) {
            remove(unit -> unit.job() == job && which.test(unit));
        }
    }

    /** Forgets a job and all its units. */
    void drop(JobId id) {
        drop(id, unit -> true);
        DeskJob job = jobs.remove(id);
        if (job != null) {
            forget(job);
        }
    }

    /** Takes all tickets away, as those of a code that cannot be had, or of a runner that cannot be started. */
    List<Ticket> remove(Predicate<Ticket.Unit> which) {
        Predicate<Ticket> matches = ticket -> ticket instanceof Ticket.Unit unit && which.test(unit);
        List<Ticket> running = given.values().stream().filter(matches).toList();
        List<Ticket> removed = new ArrayList<>(running);
        waiting.stream().filter(matches).forEach(removed::add);
        suspects.stream().filter(matches).forEach(removed::add);
        waiting.removeIf(matches);
        suspects.removeIf(matches);
        running.forEach(this::takeBack);
        for (Ticket ticket : removed.subList(running.size(), removed.size())) {
            ((Ticket.Unit) ticket).job().waiting--;
        }
        if (!running.isEmpty()) {
            notices.add(new Message.Stop(running.stream().map(Ticket::id).toList()));
        }
        return removed;
    }

    /** Takes everything away. */
    List<Ticket> removeAll() {
        List<Ticket> removed = remove(unit -> true);
        removed.addAll(inspections);
        suspects.forEach(removed::add);
        given.values().forEach(removed::add);
        inspections.clear();
        suspects.clear();
        given.clear();
        alone = false;
        return removed;
    }
}
