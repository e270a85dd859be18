package io.flockwork.worker.schedule;

/**
 * A simulated grid and job.
 *
 * @param idealSeconds about how long the job would take if nothing were lost
 * @param stay mean seconds until a worker vanishes, or 0: all stay
 * @param away mean seconds until another comes in its place
 */
record Scenario(int workers, Terrain terrain, int quorum, double idealSeconds, double stay, double away, long seed) {
    /** Seconds a message takes. */
    static final double LATENCY = 0.05;

    /** The slowest worker computes 1 a second, the fastest 10 times as much, on each slot. */
    static final double SPREAD = 10;

    static final int MOST_SLOTS = 4;

    /** Indices of the range, each costing 1 on average. */
    long indices() {
        double meanSpeed = 1e6 * (SPREAD - 1) / Math.log(SPREAD);
        double present = stay == 0 ? 1 : stay / (stay + away);
        return (long) (workers * present * meanSpeed * (1 + MOST_SLOTS) / 2 * idealSeconds / quorum);
    }

    String name() {
        String churn = stay == 0 ? "no churn" : "churn " + (int) stay + "/" + (int) away + " s";
        return workers + " workers, " + terrain + ", quorum " + quorum + ", " + churn + ", seed " + seed;
    }
}
