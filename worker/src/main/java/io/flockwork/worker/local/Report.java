package io.flockwork.worker.local;

import io.flockwork.sdk.cli.Json;
import io.flockwork.worker.local.SecondRun.Comparison;
import io.flockwork.worker.local.SecondRun.Difference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The account as its reader wants it.
 *
 * @param failed units that have no result
 * @param again what the second run found, where there was one
 */
record Report(Account account, long failed, List<String> warnings, Optional<Comparison> again) {
    /** Lines for a person. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(counted(account.units(), "unit") + " computed" + (failed > 0 ? ", " + failed + " failed" : ""));
        account.seconds()
                .ifPresent(seconds -> lines.add(String.format(
                        Locale.ROOT,
                        "time: %s in all; a unit min %s, median %s, max %s (unit %s)",
                        time(seconds.total()),
                        time(seconds.least()),
                        time(seconds.median()),
                        time(seconds.most()),
                        seconds.slowest())));
        if (account.fuel() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "fuel: %,d in all; most %,d (unit %s)",
                    account.fuel(),
                    account.thirstiest().value(),
                    account.thirstiest().unit()));
        }
        if (account.units() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "output: largest %,d bytes (unit %s)",
                    account.longest().value(),
                    account.longest().unit()));
        }
        warnings.forEach(warning -> lines.add("warning: " + warning));
        again.ifPresent(comparison -> lines.add(verdict(comparison)));
        return lines;
    }

    private String verdict(Comparison comparison) {
        if (comparison.earliest().isEmpty()) {
            return "computed twice: " + counted(comparison.units(), "unit") + " gave the same bytes";
        }
        Difference first = comparison.earliest().get();
        return "computed twice: " + comparison.different() + " of " + counted(comparison.units(), "unit")
                + " differ, the first is unit " + account.name(first.unit()) + ": " + first.why();
    }

    private static String counted(long count, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
    }

    private static String time(double seconds) {
        return seconds < 1
                ? String.format(Locale.ROOT, "%.1f ms", seconds * 1e3)
                : String.format(Locale.ROOT, "%.2f s", seconds);
    }

    /** One line for a program. */
    String json() throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("units", account.units());
        json.put("failed", failed);
        json.put("failedTries", account.failedTries());
        account.seconds().ifPresent(seconds -> json.put("unitSeconds", json(seconds)));
        json.put(
                "fuel",
                Map.of("total", account.fuel(), "max", account.thirstiest().value()));
        json.put(
                "largestOutput",
                Map.of(
                        "bytes",
                        account.longest().value(),
                        "unit",
                        account.longest().unit()));
        json.put("warnings", warnings);
        again.ifPresent(comparison -> json.put("twice", json(comparison)));
        return Json.line(json);
    }

    private static Map<String, Object> json(Account.Seconds seconds) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("total", seconds.total());
        json.put("min", seconds.least());
        json.put("median", seconds.median());
        json.put("max", seconds.most());
        json.put("slowest", seconds.slowest());
        return json;
    }

    private Map<String, Object> json(Comparison comparison) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("units", comparison.units());
        json.put("different", comparison.different());
        comparison.earliest().ifPresent(first -> {
            json.put("unit", account.name(first.unit()));
            json.put("offset", first.offset());
            json.put("why", first.why());
        });
        return json;
    }
}
