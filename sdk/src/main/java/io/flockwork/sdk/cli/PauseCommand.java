package io.flockwork.sdk.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code flockwork pause}: the agent stops at once, for a time or until {@code flockwork resume}. */
@picocli.CommandLine.Command(
        name = "pause",
        description = "Stop this machine's worker from computing, at once; also after a restart.")
public final class PauseCommand implements Command {
    private static final Duration LONGEST = Duration.ofDays(3650);

    @Mixin
    private AgentOption agent;

    @Parameters(
            arity = "0..1",
            paramLabel = "TIME",
            description = "For how long, 2h for one; without it until flockwork resume.")
    private Duration time;

    @Override
    public Integer call() throws IOException {
        if (time != null && (time.isZero() || time.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException("a pause lasts from 1ms to " + LONGEST.toDays() + "d");
        }
        Map<String, Object> request =
                time == null ? Map.of("do", "pause") : Map.of("do", "pause", "millis", time.toMillis());
        Map<String, Object> status = agent.socket().ask(request);
        agent.console().out().println(new AgentReport(status).state());
        agent.console().flushOut();
        return 0;
    }
}
