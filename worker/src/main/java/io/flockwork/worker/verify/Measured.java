package io.flockwork.worker.verify;

/** The measured rates, and what follows from them: how large a share to check, and by how much a jury has to lead. */
final class Measured {
    private static final double JURY_FADE = .995;
    /** Standard deviations by which lies have to show before accepted units are checked again. */
    private static final double EVIDENCE = 2.5;

    private final Knobs knobs;
    private final double fade;
    private double checks;
    private double lies;
    private double jury;
    private double juryLies;

    Measured(Knobs knobs, Rates start) {
        this.knobs = knobs;
        fade = 1 - knobs.epsilon() / 2;
        checks = start.checks();
        lies = start.lies();
        jury = start.jury();
        juryLies = start.juryLies();
    }

    Rates rates() {
        return new Rates(checks, lies, jury, juryLies);
    }

    /** A lone answer has been checked: one that was drawn, or one of a worker on probation. */
    void checked(boolean lie) {
        checks = checks * fade + 1;
        lies = lies * fade + (lie ? 1 : 0);
    }

    /** A vote after a dispute's first two is known to be right or wrong. */
    void judged(boolean gangLie) {
        jury = jury * JURY_FADE + 1;
        juryLies = juryLies * JURY_FADE + (gangLie ? 1 : 0);
    }

    /** The share of fresh units with so many equal votes that is checked: the mean under Jeffreys' prior. */
    double share(int votes) {
        return share(votes, (lies + .5) / (checks + 1));
    }

    /** The same by an estimate that rises on evidence only: what is checked of units that were accepted already. */
    double again(int votes) {
        return share(votes, Math.max(0, lies - EVIDENCE * Math.sqrt(lies)) / (checks + 1));
    }

    /** Votes by which a jury's answer has to lead, so that it errs no more often than {@code delta}. */
    int lead() {
        return lead(knobs.delta());
    }

    /** Votes by which an answer has to lead to be wrong no more often than {@code risk}: a gambler's ruin. */
    int lead(double risk) {
        double gang = Math.min(.45, (juryLies + 3.5) / (jury + 10));
        double lead = Math.ceil(Math.log(1 / risk) / Math.log((1 - gang) / gang));
        return (int) Math.max(2, Math.min(knobs.maxLead(), lead));
    }

    /** Accomplices confirm some of the lies that are checked: a part of epsilon is kept for these. */
    private double share(int votes, double loneLies) {
        double wrong = loneLies;
        double alike = (juryLies + 1) / (jury + 20);
        double allowed = (1 - alike) * knobs.epsilon();
        for (int vote = 1; vote < votes; vote++) {
            wrong *= alike;
        }
        double floor = votes == 1 ? knobs.q1min() : votes == 2 ? knobs.q2min() : 0;
        return wrong > 0 ? Math.max(floor, 1 - allowed / wrong) : floor;
    }
}
