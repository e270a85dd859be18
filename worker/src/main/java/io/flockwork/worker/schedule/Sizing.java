package io.flockwork.worker.schedule;

/**
 * How big a unit, how many, and how long they should take. Carved units follow guided self-scheduling (Polychronopoulos
 * and Kuck, 1987) in seconds: one takes a fixed share of the time the whole job still needs, so units are long in the
 * middle of a long job and short where its end is near.
 */
final class Sizing {
    /** A first unit is at most this share of the job (a power of two), and at most so many indices. */
    private static final int PROBE_SHIFT = 20;

    private static final long LARGEST_PROBE = 1024;

    /** Nobody is given work for more than this share of the time that is left. */
    private static final double LARGEST_SHARE = 0.5;

    /** How many times a worker's own unit size another worker's unit may have to suit it. */
    private static final double FITTING = 2;

    /** Expected time of a unit where no speed is known: a first carved unit is made to be short, another may be anything. */
    private static final double PROBE_SECONDS = 1;

    private static final long MOST_PROBES = 1024;

    private static final double UNKNOWN_SECONDS = 10;

    private final ScheduleSettings settings;
    private final Crew crew;
    private final Fresh fresh;
    private final OpenUnits open;
    private final long step;
    private final int copiesOfFresh;
    private final long probe;

    Sizing(ScheduleSettings settings, Crew crew, Fresh fresh, OpenUnits open, long step, int copiesOfFresh) {
        this.settings = settings;
        this.crew = crew;
        this.fresh = fresh;
        this.open = open;
        this.step = step;
        this.copiesOfFresh = copiesOfFresh;
        this.probe = Math.min(LARGEST_PROBE, Math.max(1, fresh.indices() >> PROBE_SHIFT));
    }

    /** Indices of the next fresh unit for {@code worker}. */
    long freshSize(WorkerState worker) {
        if (step > 0) {
            return step;
        }
        double speed = crew.speedOf(worker);
        if (worker.speed.known()) {
            return indices(Math.min(Math.min(worker.reach(), worker.room()), speed * unitSeconds()));
        }
        // A worker's own word on its speed is good for a larger probe, not for the whole range.
        return speed > 0 ? Math.min(indices(speed * settings.minUnit()), MOST_PROBES * probe) : probe;
    }

    /**
     * The largest unit, carved for another worker, that {@code worker} should take while it could have another: what it
     * would not compute much longer than one carved for itself; nothing while its speed is not measured.
     */
    double fittingSize(WorkerState worker) {
        if (step > 0) {
            return Double.MAX_VALUE;
        }
        return FITTING * worker.measuredSpeed() * unitSeconds();
    }

    /** Seconds of work that a slot should be given at once. */
    double shareSeconds(Demand demand) {
        return Math.min(demand.seconds(), LARGEST_SHARE * unleasedSeconds());
    }

    /** How much of a slot's share a fresh unit takes up. A unit that still probes takes all of it: its cost is news. */
    double freshSeconds(WorkerState worker, long size, Demand demand) {
        boolean probing = step == 0 && size >= worker.reach();
        return probing ? demand.seconds() : slotSeconds(worker, size);
    }

    /** What a unit takes on one slot of that worker, 0 while no speed is known. */
    double slotSeconds(WorkerState worker, long size) {
        double speed = crew.speedOf(worker);
        return speed > 0 ? size / speed : 0;
    }

    /** Seconds until the worker should be done with a further unit of {@code size} indices. */
    double expectedSeconds(WorkerState worker, long size) {
        double speed = crew.speedOf(worker);
        if (speed <= 0) {
            return step == 0 ? PROBE_SECONDS : UNKNOWN_SECONDS;
        }
        double ahead = Math.max(0, worker.backlog - (worker.slots - 1.0) * size);
        return ahead / (speed * worker.slots) + size / speed;
    }

    /** How long after that the unit is overdue; short where somebody typical would replace a slow worker's unit soon. */
    double slackSeconds(double expected, long size) {
        double typical = crew.typicalSpeed();
        double patience = typical > 0 ? Math.min(expected, size / typical) : expected;
        return Math.max(settings.overdueFloor(), (settings.overdueFactor() - 1) * patience);
    }

    /** Estimate for all that is fresh or wanted, negative while no worker's speed is known. */
    double secondsLeft() {
        double throughput = crew.throughput();
        return throughput > 0 ? (freshIndices() + open.wantedIndices()) / throughput : -1;
    }

    private double unleasedSeconds() {
        double throughput = crew.throughput();
        return throughput > 0 ? (freshIndices() + open.missingIndices()) / throughput : Double.MAX_VALUE;
    }

    private double freshIndices() {
        return (double) fresh.indices() * copiesOfFresh;
    }

    private double unitSeconds() {
        double share = unleasedSeconds() / settings.tailFactor();
        return Math.min(settings.maxUnit(), Math.max(settings.minUnit(), share));
    }

    private static long indices(double wished) {
        return Math.max(1, (long) wished);
    }
}
