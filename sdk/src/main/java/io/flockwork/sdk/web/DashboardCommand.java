package io.flockwork.sdk.web;

import io.flockwork.sdk.cli.Command;
import io.flockwork.sdk.cli.GridOption;
import io.flockwork.sdk.client.Login;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flockwork dashboard}: the grid in a browser on this machine, until it is interrupted. */
@CommandLine.Command(
        name = "dashboard",
        description = "Show your grid in a browser on this machine, with your login's rights; runs until Ctrl-C.")
public final class DashboardCommand implements Command {
    @Mixin
    private GridOption grid;

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "0",
            description = "The port on 127.0.0.1 (any free one).")
    private int port;

    @Option(names = "--no-open", description = "Only print the link.")
    private boolean noOpen;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("--port is from 1 to 65535, not " + port);
        }
        try (Dashboard dashboard = Dashboard.open(port, Login.of(grid.home()), grid.entrances(), grid.home())) {
            grid.console().out().println(dashboard.link());
            grid.console().flushOut();
            if (!noOpen) {
                Browser.open(dashboard.link());
            }
            new CountDownLatch(1).await();
        }
        return 0;
    }
}
