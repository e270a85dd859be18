package io.flockwork.sdk.cli;

import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flockwork status}: what this machine's agent does, and why when it does nothing. */
@picocli.CommandLine.Command(
        name = "status",
        description = "Say what this machine's worker does, and why it is idle when it is.")
public final class StatusCommand implements Command {
    @Mixin
    private AgentOption agent;

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Map<String, Object> status = agent.socket().ask(Map.of("do", "status"));
        if (json) {
            agent.console().out().println(Json.line(status));
        } else {
            new AgentReport(status).print(agent.console().out());
        }
        agent.console().flushOut();
        return 0;
    }
}
