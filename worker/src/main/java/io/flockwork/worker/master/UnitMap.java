package io.flockwork.worker.master;

import io.flockwork.sdk.model.Span;

/**
 * Where a job's units stand, at a glance.
 *
 * @param from the first index of the job
 * @param to behind the last one
 * @param cells the {@linkplain UnitPhase#mark marks} of equally many indices each; of several phases the one that asks most for attention
 */
public record UnitMap(long from, long to, String cells) {
    /** The map of a job without indices, or of which nothing is known. */
    public static UnitMap empty(long from) {
        return new UnitMap(from, from, "");
    }

    /** A map that units are drawn into, one after the other and none twice. For one thread. */
    public static final class Drawing {
        private final Cells cells;
        private final UnitPhase[] phases;
        private final long[] covered;

        /**
         * An empty one of {@code size} indices, at least one.
         *
         * @param most cells; there are fewer where there are fewer indices
         */
        public Drawing(long from, long size, int most) {
            cells = Cells.of(from, size, most);
            phases = new UnitPhase[cells.count()];
            covered = new long[cells.count()];
        }

        /** Draws a unit. */
        public void add(Span unit, UnitPhase phase) {
            int last = cells.of(unit.to() - 1);
            for (int cell = cells.of(unit.from()); cell <= last; cell++) {
                phases[cell] = phases[cell] == null ? phase : phases[cell].orWorse(phase);
                long start = Math.max(unit.from(), cells.start(cell));
                covered[cell] += Math.min(unit.to(), cells.start(cell + 1)) - start;
            }
        }

        /** What has been drawn; indices of no unit are not begun. */
        public UnitMap map() {
            StringBuilder marks = new StringBuilder(phases.length);
            for (int cell = 0; cell < phases.length; cell++) {
                UnitPhase drawn = phases[cell] == null ? UnitPhase.NOT_BEGUN : phases[cell];
                boolean isWhole = covered[cell] == cells.start(cell + 1) - cells.start(cell);
                marks.append((isWhole ? drawn : drawn.orWorse(UnitPhase.NOT_BEGUN)).mark());
            }
            return new UnitMap(cells.from(), cells.from() + cells.size(), marks.toString());
        }
    }
}
