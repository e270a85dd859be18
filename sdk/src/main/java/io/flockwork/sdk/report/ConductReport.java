package io.flockwork.sdk.report;

import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.Standing;
import io.flockwork.sdk.model.Strike;
import io.flockwork.sdk.model.WorkerInfo;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How a worker's answers fared, for people, and as {@code --json} prints it and the HTTP API gives it. */
public final class ConductReport {
    private ConductReport() {}

    /** In a word. */
    public static String standing(Optional<Conduct> conduct) {
        return conduct.map(known -> known.reputation().standing())
                .orElse(Standing.NEW)
                .toString()
                .toLowerCase(Locale.ROOT);
    }

    /** The share of its judged answers that were confirmed, or a dash. */
    public static String agreement(Optional<Conduct> conduct) {
        return conduct.flatMap(Conduct::agreement)
                .map(share -> String.format(Locale.ROOT, "%.1f%%", 100 * share))
                .orElse("-");
    }

    /** The worker with what the grid knows of its answers. */
    public static Map<String, Object> of(WorkerInfo worker, Optional<Conduct> conduct) {
        Map<String, Object> report = JobReport.of(worker);
        report.putAll(of(conduct));
        return report;
    }

    /** What the grid knows of a worker's answers, of one that has left, too. */
    public static Map<String, Object> of(Optional<Conduct> conduct) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("standing", standing(conduct));
        report.put("agreement", conduct.flatMap(Conduct::agreement).orElse(null));
        report.put("confirmed", conduct.map(Conduct::agreed).orElse(0L));
        report.put("refuted", conduct.map(Conduct::outvoted).orElse(0L));
        report.put("strikes", conduct.map(known -> known.reputation().strikes()).orElse(0));
        report.put(
                "struckFor",
                conduct.map(Conduct::strikes).orElse(List.of()).stream()
                        .map(ConductReport::of)
                        .toList());
        return report;
    }

    private static Map<String, Object> of(Strike strike) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("job", strike.job().value());
        report.put("from", strike.unit().from());
        report.put("to", strike.unit().to());
        report.put("given", strike.given().hex());
        report.put("accepted", strike.accepted().hex());
        report.put("gang", strike.gang());
        report.put("banned", strike.banned());
        report.put("at", Instant.ofEpochMilli(strike.millis()).toString());
        return report;
    }
}
