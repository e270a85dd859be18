package io.flockwork.worker.schedule;

/** Which open unit is next for one worker. */
final class Choice {
    /** Units looked at in search of one of a fitting size. */
    private static final int MOST_LOOKS = 64;

    private final OpenUnits open;
    private final Crew crew;
    private final WorkerState worker;
    private final Eligibility eligible;

    Choice(OpenUnits open, Crew crew, WorkerState worker, Eligibility eligible) {
        this.open = open;
        this.crew = crew;
        this.worker = worker;
        this.eligible = eligible;
    }

    /** The oldest unit that misses a copy; or null. */
    Unit missing() {
        return missing(Double.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** The oldest unit that misses a copy and has up to {@code largest} indices, if a short search finds one. */
    Unit missing(double largest) {
        return missing(largest, MOST_LOOKS);
    }

    /** A unit worth an extra copy; or null. */
    Unit straggler(long nowNanos, double floorSeconds) {
        if (!open.stragglers.started()) {
            open.stragglers.start(crew.all());
        }
        return open.stragglers.find(nowNanos, crew.speedOf(worker), floorSeconds, this::mayHave);
    }

    private Unit missing(double largest, int looks) {
        boolean passing = true;
        int left = looks;
        for (long seat = Math.max(worker.seat, open.wanted.start()); seat < open.wanted.end() && left > 0; seat++) {
            Unit unit = open.wanted.at(seat);
            if (unit != null && unit.size() <= largest && mayHave(unit)) {
                return unit;
            }
            passing &= unit == null || isParty(unit.copyOf(worker));
            if (passing) {
                worker.seat = seat + 1;
            } else {
                left--;
            }
        }
        return null;
    }

    private boolean mayHave(Unit unit) {
        Copy copy = unit.copyOf(worker);
        if (isParty(copy)) {
            return false;
        }
        boolean failed = copy != null && copy.state == Copy.State.FAILED;
        if (failed && unit.liveParties() < crew.live()) {
            return false;
        }
        return eligible.mayCompute(worker.id, unit.span());
    }

    /** True when the unit holds nothing more for the worker, whatever happens, as long as it keeps its seat. */
    private static boolean isParty(Copy copy) {
        return copy != null && (copy.held() || copy.state == Copy.State.VOTED);
    }
}
