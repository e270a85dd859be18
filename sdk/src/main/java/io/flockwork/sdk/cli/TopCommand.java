package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.Grid;
import io.flockwork.sdk.client.Grid.JobStatus;
import io.flockwork.sdk.client.GridException;
import io.flockwork.sdk.model.WorkerInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code flockwork top}: the grid as it works, again and again. */
@CommandLine.Command(
        name = "top",
        description = "Show the grid as it works: who computes, and how far the jobs are. On a terminal, q ends it.")
public final class TopCommand implements Command {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);

    @Mixin
    private GridOption grid;

    @Spec
    private CommandSpec command;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "1s",
            description = "From one look to the next (${DEFAULT-VALUE}).")
    private Duration interval;

    @Option(
            names = {"-n", "--rounds"},
            paramLabel = "N",
            description = "How often to look (until stopped).")
    private Integer rounds;

    @Option(names = "--json", description = "Print one JSON object a look.")
    private boolean json;

    private Optional<TopView.Seen> before = Optional.empty();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new CommandLine.ParameterException(command.commandLine(), "--interval is from 100ms to 1h");
        }
        if (rounds != null && rounds < 1) {
            throw new CommandLine.ParameterException(command.commandLine(), "-n is at least 1, not " + rounds);
        }
        try (Grid connected = grid.connect()) {
            if (!json && Boolean.getBoolean("flockwork.screen")) {
                onScreen(connected);
            } else {
                inLines(connected);
            }
        }
        return 0;
    }

    private boolean more(int round) {
        return rounds == null || round < rounds;
    }

    private void inLines(Grid connected) throws IOException, InterruptedException {
        Console console = grid.console();
        for (int round = 0; more(round); round++) {
            if (round > 0) {
                Thread.sleep(interval.toMillis());
            }
            TopView view = look(connected);
            if (json) {
                console.out().println(Json.line(TopPage.map(view)));
            } else {
                TopPage.lines(view).forEach(console.out()::println);
                console.out().println();
            }
            console.flushOut();
        }
    }

    private void onScreen(Grid connected) throws IOException {
        try (TopScreen screen = TopScreen.take(grid.console().out())) {
            OnInterrupt interrupted = new OnInterrupt(screen::close);
            try (interrupted) {
                drawRounds(connected, screen);
            }
        }
    }

    private void drawRounds(Grid connected, TopScreen screen) throws IOException {
        for (int round = 0; more(round); round++) {
            if (round > 0 && screen.quitsWithin(interval)) {
                return;
            }
            screen.draw(page(connected, screen.columns(), screen.rows()));
        }
    }

    /** A grid that does not answer may do so again. */
    private List<String> page(Grid connected, int columns, int rows) {
        try {
            return TopPage.lines(look(connected), columns, rows);
        } catch (GridException silent) {
            return List.of(Troubles.oneLine(silent.getMessage()));
        }
    }

    private TopView look(Grid connected) {
        List<WorkerInfo> workers = connected.workers();
        List<JobStatus> jobs = connected.jobs();
        TopView.Seen now = TopView.seen(jobs, System.nanoTime());
        TopView view = TopView.of(workers, jobs, before, now, Instant.now());
        before = Optional.of(now);
        return view;
    }
}
