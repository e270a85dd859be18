package io.flockwork.sdk.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flockwork.sdk.identity.JoinLink;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Where a join link comes from. Links are secrets, and everybody on a machine can read its processes' arguments, so a link may
 * also come from standard input or the environment; the launcher puts one that was given as an argument there.
 */
public final class LinkReader {
    /** The variable that may hold a link. */
    public static final String VARIABLE = "FLOCKWORK_JOIN";

    /** For options and parameters that take a link. */
    public static final String DESCRIPTION =
            "A join link; - reads it from standard input, env takes it from FLOCKWORK_JOIN.";

    private static final int LONGEST = 1024;

    private LinkReader() {}

    /**
     * The link.
     *
     * @param given a link, {@code -} for a line of standard input, {@code env} or null for the environment
     * @return empty when nothing was given and the environment has none
     * @throws IllegalArgumentException with one sentence when there is something, but no link
     */
    public static Optional<JoinLink> read(String given, Map<String, String> environment) throws IOException {
        if (given == null || given.equals("env")) {
            String set = environment.get(VARIABLE);
            if (set == null && given != null) {
                throw new IllegalArgumentException(VARIABLE + " is not set");
            }
            return Optional.ofNullable(set).map(JoinLink::parse);
        }
        return Optional.of(JoinLink.parse(given.equals("-") ? line() : given));
    }

    private static String line() throws IOException {
        StringBuilder line = new StringBuilder();
        byte[] one = new byte[1];
        while (line.length() < LONGEST && System.in.read(one) == 1 && one[0] != '\n') {
            line.append(new String(one, UTF_8));
        }
        return line.toString();
    }
}
