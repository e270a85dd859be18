package io.flockwork.sdk.credit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.NodeId;
import java.net.URLDecoder;
import java.net.URLEncoder;

/**
 * What one worker is thanked for in one job; an entry of a credit log, which is its line.
 *
 * @param operator who owns the worker, by the authority's word
 * @param team the worker's own word, or empty
 * @param units that it was thanked for
 * @param fuel what those took of which fuel is counted
 * @param micros for how long those ran of which it is not
 */
public record CreditEntry(
        JobId job, NodeId worker, String operator, String team, long units, long fuel, long micros, long endedMillis) {
    /** Work of a microsecond of a unit whose fuel nobody counts, by definition: what a core of a middling machine does in it. */
    public static final long FUEL_OF_A_MICRO = 1_000;

    /** Longest line, in characters. */
    public static final int LONGEST_LINE = 2_048;

    private static final int PARTS = 8;

    public CreditEntry {
        if (units < 1 || fuel < 0 || micros < 0) {
            throw new IllegalArgumentException("credit for less than nothing");
        }
    }

    /** Work, in units of fuel. */
    public double work() {
        return fuel + (double) micros * FUEL_OF_A_MICRO;
    }

    /** The entry as a log has it. */
    public String line() {
        return String.join(
                " ",
                job.value(),
                worker.value(),
                Long.toString(units),
                Long.toString(fuel),
                Long.toString(micros),
                Long.toString(endedMillis),
                "o:" + URLEncoder.encode(operator, UTF_8),
                "t:" + URLEncoder.encode(team, UTF_8));
    }

    /**
     * The entry that a line is.
     *
     * @throws IllegalArgumentException with one sentence when it is none
     */
    public static CreditEntry parse(String line) {
        String[] parts = line.length() > LONGEST_LINE ? new String[0] : line.split(" ", -1);
        if (parts.length == PARTS && parts[6].startsWith("o:") && parts[7].startsWith("t:")) {
            CreditEntry entry = new CreditEntry(
                    new JobId(parts[0]),
                    new NodeId(parts[1]),
                    URLDecoder.decode(parts[6].substring(2), UTF_8),
                    URLDecoder.decode(parts[7].substring(2), UTF_8),
                    Long.parseLong(parts[2]),
                    Long.parseLong(parts[3]),
                    Long.parseLong(parts[4]),
                    Long.parseLong(parts[5]));
            if (entry.line().equals(line)) {
                return entry;
            }
        }
        throw new IllegalArgumentException("not an entry of a credit log");
    }
}
