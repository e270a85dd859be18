package io.flockwork.sdk.model;

/**
 * What the grid knows of a worker. Much of it is the worker's own word, which goes to every core and onto people's screens, and so
 * is short and printable.
 *
 * @param name what people call it, at most {@link #LONGEST_TEXT} printable characters
 * @param operator who owns it
 * @param site where it is, or empty; as the name
 * @param referee true when its answer decides where others disagree, by the operator's word
 * @param team whom its credit is to be added to, or empty; as the name
 * @param slots units it runs at once, at most {@link #MOST_SLOTS}
 * @param memoryBytes memory that its units share
 * @param gateway where its API listens; of an edge worker {@link #NOWHERE}
 * @param mesh where its Hazelcast member listens; of an edge worker {@link #NOWHERE}
 */
public record WorkerInfo(
        NodeId id,
        String name,
        String operator,
        String site,
        boolean referee,
        String team,
        int slots,
        long memoryBytes,
        Address gateway,
        Address mesh,
        long startedMillis) {

    /** The address of who only dials out: a name that never resolves (RFC 6761, section 6.4). */
    public static final Address NOWHERE = new Address("nowhere.invalid", 1);

    /** Longest name, operator, site or team, in characters. */
    public static final int LONGEST_TEXT = 100;

    /** Most units that a worker runs at once. */
    public static final int MOST_SLOTS = 1024;

    public WorkerInfo {
        requireLabel("name", name);
        requireLabel("operator", operator);
        requireLabel("site", site);
        requireLabel("team", team);
        if (slots < 1 || slots > MOST_SLOTS) {
            throw new IllegalArgumentException("a worker has 1 to " + MOST_SLOTS + " slots, not " + slots);
        }
    }

    /** A worker of no team, whose word is worth no more than others'. */
    public WorkerInfo(
            NodeId id,
            String name,
            String operator,
            String site,
            int slots,
            long memoryBytes,
            Address gateway,
            Address mesh,
            long startedMillis) {
        this(id, name, operator, site, false, "", slots, memoryBytes, gateway, mesh, startedMillis);
    }

    /** True for what may be a worker's name, operator, site or team: at most {@link #LONGEST_TEXT} characters, none of them a control character. */
    public static boolean isLabel(String text) {
        return text.length() <= LONGEST_TEXT && text.chars().noneMatch(Character::isISOControl);
    }

    private static void requireLabel(String what, String text) {
        if (!isLabel(text)) {
            throw new IllegalArgumentException(
                    "a worker's " + what + " has at most " + LONGEST_TEXT + " printable characters");
        }
    }

    /** True for a core worker, which others can dial. */
    public boolean isReachable() {
        return !gateway.equals(NOWHERE);
    }
}
