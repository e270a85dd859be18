package io.flockwork.worker.schedule;

/** Which open unit is next for one worker. */
final class Choice {
    /** Units looked at in search of one of a fitting size. */
    private static final int MOST_LOOKS = 64;

    private final OpenUnits open;
    private final Crew crew;
    private final WorkerState worker;
    private final Eligibility eligible;
    private final Lots lots;

    Choice(OpenUnits open, Crew crew, WorkerState worker, Eligibility eligible, Lots lots) {
        this.open = open;
        this.lots = lots;
        this.crew = crew;
        this.worker = worker;
        this.eligible = eligible;
    }

    /** A unit that misses a copy; or null. */
    Unit missing() {
        return missing(Double.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** A unit that misses a copy and has up to {@code largest} indices, if a short search finds one. */
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
        long start = Math.max(worker.seat, open.wanted.start());
        long middle = lots.draw(start, open.wanted.end());
        Unit found = scan(middle, open.wanted.end(), largest, looks, middle == start);
        return found != null || middle == start ? found : scan(start, middle, largest, looks, true);
    }

    /** @param first true when the worker has passed over every seat before {@code from} */
    private Unit scan(long from, long to, double largest, int looks, boolean first) {
        boolean passing = first;
        int left = looks;
        for (long seat = from; seat < to && left > 0; seat++) {
            Unit unit = open.wanted.at(seat);
            if (unit != null && unit.size() <= largest && mayHave(unit)) {
                return unit;
            }
            passing &= unit == null || isParty(unit.copyOf(worker));
            if (passing) {
                worker.seat = seat + 1;
            } else if (unit != null) {
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
        return eligible.mayCompute(worker.id, unit.span(), unit.holders());
    }

    /** True when the unit holds nothing more for the worker, whatever happens, as long as it keeps its seat. */
    private static boolean isParty(Copy copy) {
        return copy != null && (copy.held() || copy.state == Copy.State.VOTED);
    }
}
