package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.Grid;
import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.report.ConductReport;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flockwork workers}: who computes. */
@picocli.CommandLine.Command(name = "workers", description = "List the live workers.")
public final class WorkersCommand implements Command {
    @Mixin
    private GridOption grid;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        List<WorkerInfo> workers;
        Map<NodeId, Conduct> conducts = new HashMap<>();
        try (Grid connected = grid.connect()) {
            workers = connected.workers();
            connected.conducts().forEach(conduct -> conducts.put(conduct.worker(), conduct));
        }
        if (json) {
            for (WorkerInfo worker : workers) {
                Optional<Conduct> conduct = Optional.ofNullable(conducts.get(worker.id()));
                grid.console().out().println(Json.line(ConductReport.of(worker, conduct)));
            }
        } else {
            table(workers, conducts).print(grid.console().out());
        }
        grid.console().flushOut();
        return 0;
    }

    private static Table table(List<WorkerInfo> workers, Map<NodeId, Conduct> conducts) {
        Table table = new Table(
                "NAME",
                "WORKER",
                "ROLE",
                "OPERATOR",
                "SITE",
                "SLOTS",
                "MEMORY",
                "ADDRESS",
                "SINCE",
                "STANDING",
                "AGREEMENT",
                "STRIKES");
        for (WorkerInfo worker : workers) {
            Optional<Conduct> conduct = Optional.ofNullable(conducts.get(worker.id()));
            table.row(
                    worker.name(),
                    worker.id().brief(),
                    role(worker),
                    worker.operator(),
                    worker.site().isEmpty() ? "-" : worker.site(),
                    worker.slots(),
                    (worker.memoryBytes() >> 20) + "m",
                    worker.isReachable() ? worker.gateway() : "-",
                    Moments.local(worker.startedMillis()),
                    ConductReport.standing(conduct),
                    ConductReport.agreement(conduct),
                    conduct.map(known -> known.reputation().strikes()).orElse(0));
        }
        return table;
    }

    private static String role(WorkerInfo worker) {
        if (worker.referee()) {
            return "core, referee";
        }
        return worker.isReachable() ? "core" : "edge";
    }
}
