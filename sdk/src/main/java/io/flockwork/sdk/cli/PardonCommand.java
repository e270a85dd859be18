package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.Grid;
import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.NodeId;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code flockwork pardon WORKER}: an operator lets a worker start anew that was struck or banned. */
@picocli.CommandLine.Command(
        name = "pardon",
        description = "Let a worker start anew that was banned for wrong answers.")
public final class PardonCommand implements Command {
    @Mixin
    private GridOption grid;

    @Parameters(paramLabel = "WORKER", description = "The worker's id, or the beginning of it.")
    private String worker;

    @Override
    public Integer call() {
        try (Grid connected = grid.connect()) {
            Conduct pardoned = connected.pardon(meant(connected.conducts()));
            grid.console().out().println("worker " + pardoned.worker().brief() + " is on probation again");
            return 0;
        }
    }

    private NodeId meant(List<Conduct> known) {
        List<NodeId> meant = known.stream()
                .map(Conduct::worker)
                .filter(id -> id.value().startsWith(worker))
                .toList();
        if (meant.size() != 1) {
            throw new IllegalArgumentException(
                    meant.isEmpty()
                            ? "the grid has judged no answer of a worker " + worker
                            : "more than one worker's id begins with '" + worker + "'; give more of it");
        }
        return meant.get(0);
    }
}
