package io.flockwork.sdk.model;

/**
 * What the grid knows of a worker's honesty. Two masters may change it side by side: {@link #merged} joins what they know in
 * any order, as often as one likes.
 *
 * @param passed verified agreements since it was last put on probation; counted no further than to the end of probation
 * @param strikes answers of it that lost, since it was last pardoned
 * @param examsLeft units with a known result that it is still to be given, without knowing
 * @param late came when the grid had a crowd already, so its probation is longer
 * @param pardons how often an operator has wiped the slate clean
 */
public record Reputation(
        NodeId worker, Standing standing, int passed, int strikes, int examsLeft, boolean late, int pardons) {

    /** Verified agreements that end probation, of workers that come before the grid has a crowd. */
    public static final int PROBATION = 5;

    /** The same for those who come later. */
    public static final int LATE_PROBATION = 20;

    /** Units with a known result that a newcomer is given. */
    public static final int EXAMS = 2;

    public Reputation {
        if (passed < 0 || strikes < 0 || examsLeft < 0 || pardons < 0) {
            throw new IllegalArgumentException("a reputation counts from 0: " + worker);
        }
    }

    /** A worker nobody has seen before. */
    public static Reputation of(NodeId worker, boolean late) {
        return of(worker, late, EXAMS);
    }

    /** A worker nobody has seen before, with so many exams before it. */
    public static Reputation of(NodeId worker, boolean late, int exams) {
        return new Reputation(worker, Standing.NEW, 0, 0, exams, late, 0);
    }

    /**
     * After one more verified agreement.
     *
     * @param enough agreements that end probation
     */
    public Reputation passed(boolean exam, int enough) {
        if (standing == Standing.BANNED) {
            return this;
        }
        int now = Math.min(enough, passed + 1);
        Standing then = now >= enough ? Standing.ACTIVE : standing;
        return new Reputation(worker, then, now, strikes, Math.max(0, examsLeft - (exam ? 1 : 0)), late, pardons);
    }

    /** After a proven wrong answer: banned, or back on probation with so many exams before it. */
    public Reputation struck(boolean banned, int exams) {
        if (standing == Standing.BANNED) {
            return this;
        }
        Standing then = banned ? Standing.BANNED : Standing.NEW;
        return new Reputation(worker, then, 0, strikes + 1, banned ? 0 : exams, late, pardons);
    }

    /** After an operator's pardon: as new. */
    public Reputation pardoned() {
        return new Reputation(worker, Standing.NEW, 0, 0, EXAMS, late, pardons + 1);
    }

    /** What is known when both this and {@code other} are: the later pardon or strike counts, then the most that was seen. */
    public Reputation merged(Reputation other) {
        if (!worker.equals(other.worker)) {
            throw new IllegalArgumentException("reputations of two workers: " + worker + " and " + other.worker);
        }
        int order = pardons != other.pardons
                ? Integer.compare(pardons, other.pardons)
                : Integer.compare(strikes, other.strikes);
        if (order != 0) {
            return order > 0 ? this : other;
        }
        return new Reputation(
                worker,
                standing.compareTo(other.standing) > 0 ? standing : other.standing,
                Math.max(passed, other.passed),
                strikes,
                Math.min(examsLeft, other.examsLeft),
                late && other.late,
                pardons);
    }
}
