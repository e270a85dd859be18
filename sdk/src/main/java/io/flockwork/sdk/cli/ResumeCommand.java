package io.flockwork.sdk.cli;

import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Mixin;

/** {@code flockwork resume}: ends a pause. */
@picocli.CommandLine.Command(name = "resume", description = "Let this machine's worker go on after a pause.")
public final class ResumeCommand implements Command {
    @Mixin
    private AgentOption agent;

    @Override
    public Integer call() throws IOException {
        agent.socket().ask(Map.of("do", "resume"));
        agent.console().out().println("not paused any more");
        agent.console().flushOut();
        return 0;
    }
}
