package io.flockwork.worker.schedule;

import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * Which unit of one job goes to whom, how big it is, and when it goes out again.
 *
 * <p>Every job is a set of indices; units are spans of them: carved to fit the worker that takes them, or of a fixed step.
 * A unit is fresh, then open (copies wanted, on lease or computed), then settled and forgotten. No worker ever has two
 * copies of one unit. A request is served with open units that miss copies, oldest first or by lot (carved for another worker: as
 * long as they are not too big for this one); then fresh ones; then, when nothing is fresh, extra copies of stragglers.
 *
 * <p>A request may find nothing, and is worth asking again, the fastest worker first, when {@link #hasUnleased} holds
 * after any other call, and at {@link #nextChange}.
 *
 * <p>Times are nanoseconds of one monotonic clock, and never run backwards. Single-threaded.
 */
public final class Schedule {
    private final ScheduleSettings settings;
    private final int copiesOfFresh;
    private final Fresh fresh;
    private final OpenUnits open = new OpenUnits();
    private final Crew crew = new Crew();
    private final Lots lots;
    private final Sizing sizing;
    private final Leasing leasing;

    /**
     * @param fresh the indices to compute, as intervals that do not overlap
     * @param step indices of a unit (the last of an interval may have fewer), or 0: carved for each worker
     * @param copies copies of a unit that are wanted at first
     */
    public Schedule(Collection<Span> fresh, long step, int copies, ScheduleSettings settings) {
        this(fresh, step, copies, settings, 0);
    }

    /** @param seed of the order in which copies that are missed go out, for nobody to foresee; 0: the oldest unit first */
    public Schedule(Collection<Span> fresh, long step, int copies, ScheduleSettings settings, long seed) {
        if (step < 0 || copies < 1) {
            throw new IllegalArgumentException("a schedule needs a step of at least 0 and at least 1 copy");
        }
        this.fresh = new Fresh(fresh);
        this.copiesOfFresh = copies;
        this.settings = settings;
        this.lots = new Lots(seed);
        this.sizing = new Sizing(settings, crew, this.fresh, open, step, copies);
        this.leasing = new Leasing(settings, open, sizing);
    }

    /** Leases units to {@code worker} to meet its demand, in the order in which it should compute them. */
    public List<Span> request(long nowNanos, NodeId worker, Demand demand, Eligibility eligible) {
        WorkerState asking = crew.get(worker);
        heard(nowNanos, asking);
        crew.asked(asking, demand);
        List<Span> units = fill(nowNanos, asking, demand, new Choice(open, crew, asking, eligible, lots));
        if (!units.isEmpty()) {
            asking.widen();
        }
        return units;
    }

    /**
     * The worker lives and has {@code inHand}: its deadlines move on. What it has on lease but not in hand, beyond a grace
     * for messages under way, is given back; what lapsed and still misses a copy is leased to it again.
     *
     * @return the leases given back
     */
    public List<Lease> heartbeat(long nowNanos, NodeId worker, Collection<Span> inHand) {
        WorkerState beating = crew.get(worker);
        heard(nowNanos, beating);
        for (Span span : inHand) {
            Unit unit = open.find(span);
            Copy copy = unit == null ? null : unit.copyOf(beating);
            if (copy != null) {
                leasing.seen(nowNanos, copy);
            }
        }
        List<Lease> back = leasing.giveBackUnseen(nowNanos, beating);
        Copy oldest = beating.firstHeld;
        if (oldest != null && oldest.overdueNanos <= nowNanos) {
            crew.stuck(beating, oldest.unit.size(), (nowNanos - oldest.sinceNanos) / 1e9);
        }
        return back;
    }

    /**
     * The worker gave a result, perhaps after its lease lapsed. The copy counts; whether more are wanted is for {@link
     * #want} to say, whether the unit is done for {@link #settled}.
     *
     * @param micros what the unit took on its slot
     * @return false when no unit of these bounds is open, or the worker never had it or has voted; nothing changed
     */
    public boolean voted(long nowNanos, NodeId worker, Span span, long micros) {
        Copy copy = owed(worker, span);
        if (copy == null) {
            return false;
        }
        leasing.voted(copy);
        crew.computed(copy.worker, span.size(), Math.max(1, micros) / 1e6);
        copy.worker.heardNanos = nowNanos;
        return true;
    }

    /**
     * What the worker's result took of the bytes that a unit may print: 1 is all. Units carved for it from now on stay well below. By
     * worker, so that one who prints too much makes nobody else's units small.
     */
    public void printed(NodeId worker, Span span, double share) {
        crew.get(worker).printed(span.size(), share);
    }

    /**
     * The worker could not compute the unit. It gets it again only when every live worker has failed or computed it or is
     * at it.
     *
     * @param tries failed tries after which a unit is given up
     */
    public Retry failed(long nowNanos, NodeId worker, Span span, int tries) {
        Copy copy = owed(worker, span);
        if (copy == null) {
            return Retry.IGNORED;
        }
        leasing.release(copy, Copy.State.FAILED);
        copy.worker.heardNanos = nowNanos;
        return ++copy.unit.failures >= tries ? Retry.GIVEN_UP : Retry.TRY_AGAIN;
    }

    /** True when the worker has or had this open unit on lease and has not answered since, so that an answer still counts. */
    public boolean owes(NodeId worker, Span span) {
        return owed(worker, span) != null;
    }

    /** Sets how many results of an open unit are still to come, those on lease included; false when it is not open. */
    public boolean want(Span span, int copies) {
        Unit unit = open.find(span);
        if (unit == null) {
            return false;
        }
        open.lift(unit);
        unit.wanted = Math.max(0, copies);
        open.lay(unit);
        return true;
    }

    /** The unit is accepted or given up: forgets it. Returns the leases still out, to be revoked; none if it is not open. */
    public List<Lease> settled(Span span) {
        Unit unit = open.find(span);
        if (unit == null) {
            return List.of();
        }
        List<Lease> out = leasing.revoke(unit);
        open.close(unit);
        return out;
    }

    /**
     * Ends the leases that no heartbeat has named for too long; their units are wanted again. A worker without leases, not
     * heard of for as long, no longer counts as live, so one that waits must beat too.
     */
    public List<Lease> expire(long nowNanos) {
        List<Lease> ended = new ArrayList<>();
        for (WorkerState worker : crew.all()) {
            if (worker.deadlineNanos <= nowNanos) {
                ended.addAll(leasing.expire(nowNanos, worker));
            }
            dropIfSilent(nowNanos, worker);
        }
        return ended;
    }

    /** The worker is gone: ends its leases; their units are wanted again. */
    public List<Lease> lost(NodeId worker) {
        WorkerState gone = crew.find(worker);
        if (gone == null) {
            return List.of();
        }
        crew.left(gone);
        return leasing.abandon(gone);
    }

    /**
     * Takes over, or opens again, a unit that was carved before.
     *
     * @param copies results still to come
     * @param voters workers that have computed it, which will not get it
     * @param debtors workers that it was leased to and that have not answered; what they still hold or say counts
     * @param failures tries of it that have failed
     */
    public void restore(Span span, int copies, Collection<NodeId> voters, Collection<NodeId> debtors, int failures) {
        if (open.find(span) != null || fresh.overlaps(span)) {
            throw new IllegalArgumentException("unit " + span + " is open already or still fresh");
        }
        Unit unit = open.open(span, Math.max(0, copies));
        unit.failures = failures;
        voters.forEach(voter -> unit.addCopy(crew.get(voter), Copy.State.VOTED));
        debtors.forEach(debtor -> unit.addCopy(crew.get(debtor), Copy.State.LAPSED));
    }

    /**
     * Open units with votes, of which copies are wanted and none is out, and which no live worker may compute: candidates
     * for settling with the votes there are.
     *
     * @param most how many to name
     */
    public List<Span> lacking(Eligibility eligible, int most) {
        List<Span> units = new ArrayList<>();
        for (long seat = open.wanted.start(); seat < open.wanted.end() && units.size() < most; seat++) {
            Unit unit = open.wanted.at(seat);
            if (unit != null && unit.leases == 0 && unit.hasVotes() && !anybodyFor(unit, eligible)) {
                units.add(unit.span());
            }
        }
        return units;
    }

    /** True while a unit is fresh or misses a copy, though perhaps not one for everybody. */
    public boolean hasUnleased() {
        return !fresh.isEmpty() || !open.wanted.isEmpty();
    }

    /** True when nothing is fresh and nothing open. */
    public boolean isFinished() {
        return fresh.isEmpty() && open.size() == 0;
    }

    /** When next to call {@link #expire} and to serve waiting requests again, even if nothing else happens. */
    public OptionalLong nextChange(long nowNanos) {
        long next = open.stragglers.firstOverdueAfter(nowNanos).orElse(Long.MAX_VALUE);
        for (WorkerState worker : crew.all()) {
            next = Math.min(next, worker.deadlineNanos);
        }
        return next == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /** These waiting workers in the order in which to serve them: the fastest first. */
    public List<NodeId> fastestFirst(Collection<NodeId> waiting) {
        List<NodeId> order = new ArrayList<>(waiting);
        order.sort(Comparator.comparingDouble((NodeId id) -> -crew.speedOf(crew.get(id))));
        return order;
    }

    /** Indices of units that are fresh or open. */
    public long indicesLeft() {
        return fresh.indices() + open.indices();
    }

    /** Units carved and not settled. */
    public int unitsOpen() {
        return open.size();
    }

    /** Units on lease to somebody. */
    public int unitsRunning() {
        return open.running();
    }

    /** Copies on lease. */
    public long leases() {
        return open.leases();
    }

    /** Units on lease to this worker. */
    public int held(NodeId worker) {
        WorkerState known = crew.find(worker);
        return known == null ? 0 : known.held;
    }

    /** True when nobody has this unit on lease. */
    public boolean isIdle(Span span) {
        Unit unit = open.find(span);
        return unit == null || unit.leases == 0;
    }

    /** Workers that asked or were heard of, and not lost since. */
    public int liveWorkers() {
        return crew.live();
    }

    /** Estimate for all that is fresh or wanted, negative while no worker's speed is known. */
    public double secondsLeft() {
        return sizing.secondsLeft();
    }

    private List<Span> fill(long nowNanos, WorkerState worker, Demand demand, Choice choice) {
        List<Span> units = new ArrayList<>();
        double budget = demand.slots() * sizing.shareSeconds(demand);
        int most = Math.min(demand.maxUnits(), worker.unitsAllowed());
        for (double filled = 0; units.size() < most && (units.size() < demand.slots() || filled < budget); ) {
            Unit unit = next(worker, choice);
            if (unit == null && units.size() < demand.slots()) {
                unit = choice.straggler(nowNanos, settings.overdueFloor());
            }
            if (unit == null) {
                break;
            }
            filled += unit.copies == null
                    ? sizing.freshSeconds(worker, unit.size(), demand)
                    : sizing.slotSeconds(worker, unit.size());
            leasing.give(nowNanos, unit, worker);
            units.add(unit.span());
        }
        return units;
    }

    private Unit next(WorkerState worker, Choice choice) {
        Unit fitting = choice.missing(sizing.fittingSize(worker));
        if (fitting != null) {
            return fitting;
        }
        return fresh.isEmpty() ? choice.missing() : open.open(fresh.take(sizing.freshSize(worker)), copiesOfFresh);
    }

    private void heard(long nowNanos, WorkerState worker) {
        crew.arrived(worker);
        worker.heardNanos = nowNanos;
    }

    private void dropIfSilent(long nowNanos, WorkerState worker) {
        if (worker.held == 0 && nowNanos - worker.heardNanos >= (long) (settings.leaseFloor() * 1e9)) {
            crew.left(worker);
        }
    }

    /** The worker's copy of that open unit, if its result or failure is still news; else null. */
    private Copy owed(NodeId worker, Span span) {
        Unit unit = open.find(span);
        WorkerState known = unit == null ? null : crew.find(worker);
        Copy copy = known == null ? null : unit.copyOf(known);
        boolean news = copy != null && (copy.held() || copy.state == Copy.State.LAPSED);
        return news ? copy : null;
    }

    private boolean anybodyFor(Unit unit, Eligibility eligible) {
        Span span = unit.span();
        for (WorkerState worker : crew.all()) {
            Copy copy = worker.live ? unit.copyOf(worker) : null;
            boolean free = copy == null || copy.state != Copy.State.VOTED;
            if (worker.live && free && eligible.mayCompute(worker.id, span, unit.holders())) {
                return true;
            }
        }
        return false;
    }
}
