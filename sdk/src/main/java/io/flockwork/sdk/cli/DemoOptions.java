package io.flockwork.sdk.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What a demo shall have. */
final class DemoOptions {
    private static final int MOST_WORKERS = 16;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "4",
            description = "Workers, 2 to 16 (${DEFAULT-VALUE}): two cores, and the others at the edge.")
    private int workers;

    @Option(
            names = "--saboteurs",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many of them answer wrongly a tenth of the time (${DEFAULT-VALUE}).")
    private int saboteurs;

    @Option(names = "--keep", description = "Keep the grid up until Ctrl-C.")
    private boolean keep;

    int workers() {
        if (workers < 2 || workers > MOST_WORKERS) {
            throw new IllegalArgumentException("--workers must be from 2 to " + MOST_WORKERS + ", not " + workers);
        }
        return workers;
    }

    /** Two honest workers are left at least, for an answer needs two that agree. */
    int saboteurs() {
        if (saboteurs < 0 || saboteurs > workers() - 2) {
            throw new IllegalArgumentException(
                    "--saboteurs must leave two honest workers: from 0 to " + (workers() - 2) + ", not " + saboteurs);
        }
        return saboteurs;
    }

    boolean keep() {
        return keep;
    }

    String saboteurNote() {
        return saboteurs() == 0 ? "" : ", " + saboteurs() + " of them a saboteur";
    }

    /** The script that starts every process with the options it needs. */
    Path launcher() {
        String script = System.getProperty("flockwork.launcher");
        if (script == null) {
            throw new IllegalStateException("the demo starts its processes by the launcher: run ./flockwork demo");
        }
        return Path.of(script);
    }
}
