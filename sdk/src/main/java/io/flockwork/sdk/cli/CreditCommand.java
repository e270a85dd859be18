package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.Grid;
import io.flockwork.sdk.credit.Leaderboard;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flockwork credit}: who has done how much, from logs that are checked before they are believed. */
@picocli.CommandLine.Command(
        name = "credit",
        description = "Show who has done how much; the cores' credit logs are checked against what they showed before.")
public final class CreditCommand implements Command {
    private static final double MICROS_OF_AN_HOUR = 3.6e9;

    @Mixin
    private GridOption grid;

    @Option(
            names = "--by",
            paramLabel = "worker|operator|team",
            defaultValue = "operator",
            description = "Whose credit is added up (${DEFAULT-VALUE}).")
    private String by;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Leaderboard.By whose = whose();
        Grid.Credit credit;
        try (Grid connected = grid.connect()) {
            credit = connected.credit();
        }
        SeenHeads seen = SeenHeads.of(credit.grid(), grid.home());
        Optional<String> wrong =
                seen.contradiction(credit.logs()).or(() -> SeenHeads.contradiction(credit.heads(), credit.logs()));
        if (wrong.isPresent()) {
            grid.console().err().println(wrong.get());
            return Troubles.FAILED;
        }
        seen.keep(credit.logs());
        print(Leaderboard.of(credit.logs(), whose));
        grid.console().flushOut();
        return 0;
    }

    private Leaderboard.By whose() {
        try {
            return Leaderboard.By.valueOf(by.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException none) {
            throw new IllegalArgumentException("--by is worker, operator or team, not '" + by + "'", none);
        }
    }

    private void print(List<Leaderboard.Row> rows) throws IOException {
        if (json) {
            for (Leaderboard.Row row : rows) {
                grid.console().out().println(Json.line(asMap(row)));
            }
            return;
        }
        Table table = new Table("CREDIT", "JOBS", "UNITS", "FUEL", "HOURS", by.toUpperCase(Locale.ROOT));
        for (Leaderboard.Row row : rows) {
            table.row(
                    String.format(Locale.ROOT, "%.3f", row.credit()),
                    row.jobs(),
                    row.units(),
                    row.fuel(),
                    String.format(Locale.ROOT, "%.2f", row.micros() / MICROS_OF_AN_HOUR),
                    row.name());
        }
        table.print(grid.console().out());
    }

    /** Credit is in billions of units of fuel. */
    private Map<String, Object> asMap(Leaderboard.Row row) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(by.toLowerCase(Locale.ROOT), row.name());
        map.put("credit", row.credit());
        map.put("jobs", row.jobs());
        map.put("units", row.units());
        map.put("fuel", row.fuel());
        map.put("micros", row.micros());
        return map;
    }
}
