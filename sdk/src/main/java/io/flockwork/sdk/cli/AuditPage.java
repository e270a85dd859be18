package io.flockwork.sdk.cli;

import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Outcome;
import io.flockwork.sdk.proof.AuditReport;
import io.flockwork.sdk.report.JobReport;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an audit found, on one page.
 *
 * @param mismatch how the results given differ from those that were voted on
 * @param checked true when results were given
 */
record AuditPage(AuditReport report, Optional<String> mismatch, boolean checked) {
    void print(PrintStream out, boolean json) throws IOException {
        if (json) {
            out.println(Json.line(asMap()));
            return;
        }
        details().print(out);
        if (!report.disputes().isEmpty()) {
            out.println();
            disputes().print(out);
        }
        if (!report.faults().isEmpty()) {
            out.println();
            report.faults().forEach(fault -> out.println("wrong: " + Troubles.oneLine(fault)));
        }
        out.println();
        out.println(verdict());
    }

    private Table details() {
        return new Table("job", report.job().id().value())
                .row("name", report.job().spec().name())
                .row("program", JobReport.program(report.job().spec().code()))
                .row("submitter", report.job().seal().owner())
                .row("state", report.job().state())
                .row("ended", Moments.local(ended()))
                .row(
                        "split",
                        report.splitKnown() ? "as its submitter signed" : "by its job type, in the core's own words")
                .row("units", report.units() + ", " + report.failed() + " failed")
                .row("votes", report.votes() + " of " + report.workers() + " workers")
                .row("operators", String.join(", ", report.operators()))
                .row("lone votes", report.lone() + " units rest on one voter")
                .row("unverified", report.unverified() + " units, in the core's own words")
                .row("disputes", report.disputed() + " units")
                .row("late votes", report.strays() + " on what is no unit of the end")
                .row("holes", report.holes() + " where batches of votes are missing")
                .row("results", checked ? mismatch.orElse("those that were voted on") : "not looked at (--results)");
    }

    private Table disputes() {
        Table table = new Table("UNIT", "VOTERS FOR THE RESULT", "WHO LOST");
        report.disputes().forEach(dispute -> table.row(dispute.unit(), dispute.support(), losers(dispute)));
        return table;
    }

    private static String losers(AuditReport.Dispute dispute) {
        return dispute.losers().stream().map(NodeId::value).collect(Collectors.joining(", "));
    }

    private boolean sound() {
        return report.sound() && mismatch.isEmpty();
    }

    private String verdict() {
        if (!sound()) {
            return "NOT SOUND: these results do not rest on the votes of the grid's members";
        }
        String unverified = report.unverified() == 0
                ? ""
                : "; but " + report.unverified() + " of " + report.units()
                        + " results are unverified: nobody was there to confirm them";
        return "sound: every result rests on signed votes of the grid's members, and no other answer has more"
                + unverified;
    }

    private long ended() {
        return report.job().outcome().map(Outcome::endedMillis).orElse(0L);
    }

    private Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("job", report.job().id().value());
        map.put("name", report.job().spec().name());
        map.put("submitter", report.job().seal().owner().value());
        map.put("state", report.job().state().name());
        map.put("ended", Instant.ofEpochMilli(ended()).toString());
        map.put("splitKnown", report.splitKnown());
        map.put("units", report.units());
        map.put("failed", report.failed());
        map.put("votes", report.votes());
        map.put("workers", report.workers());
        map.put("operators", report.operators());
        map.put("lone", report.lone());
        map.put("unverified", report.unverified());
        map.put("disputed", report.disputed());
        map.put("disputes", report.disputes().stream().map(AuditPage::asMap).toList());
        map.put("late", report.strays());
        map.put("holes", report.holes());
        map.put("wrong", report.wrong());
        map.put("faults", report.faults());
        map.put("results", checked ? mismatch.orElse("as voted on") : null);
        map.put("sound", sound());
        return map;
    }

    private static Map<String, Object> asMap(AuditReport.Dispute dispute) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("from", dispute.unit().from());
        map.put("to", dispute.unit().to());
        map.put("support", dispute.support());
        map.put(
                "losers",
                List.copyOf(dispute.losers().stream().map(NodeId::value).toList()));
        return map;
    }
}
