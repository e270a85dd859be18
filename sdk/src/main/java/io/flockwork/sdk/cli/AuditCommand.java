package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.Login;
import io.flockwork.sdk.identity.MemberCheck;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.proof.Audit;
import io.flockwork.sdk.proof.AuditReport;
import io.flockwork.sdk.wire.ProofFile;
import io.flockwork.sdk.wire.WireException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code flockwork audit PROOF}: checks, without any grid, which signed votes a job's results rest on. */
@picocli.CommandLine.Command(
        name = "audit",
        description =
                "Check the signed votes that a job's results rest on. Needs no grid: only its authority is trusted, and no core.")
public final class AuditCommand implements Command {
    private static final int BUFFER = 1 << 16;

    @Spec
    private CommandSpec command;

    @Mixin
    private HomeOption home;

    @Parameters(paramLabel = "PROOF", description = "What flockwork fetch --proof has written.")
    private Path proof;

    @Option(
            names = "--results",
            paramLabel = "FILE|DIR",
            description = "Also check that these are the results: what flockwork fetch -o has written.")
    private Path results;

    @Option(
            names = "--authority",
            paramLabel = "FILE|GRID",
            description = "The authority's certificate, or the grid's id (that of your login).")
    private String authority;

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Console console = Main.of(command).console();
        NodeId grid = grid();
        Optional<ResultsCheck> check = results == null ? Optional.empty() : Optional.of(ResultsCheck.of(results));
        Audit audit = new Audit(grid, Splits::of);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(proof), BUFFER)) {
            ProofFile.read(in, check.isEmpty() ? audit : check.get().beside(audit));
        } catch (WireException malformed) {
            throw new IOException(proof + ": " + malformed.getMessage(), malformed);
        }
        AuditReport report = audit.report();
        Optional<String> mismatch = check.flatMap(ResultsCheck::complaint);
        new AuditPage(report, mismatch, check.isPresent()).print(console.out(), json);
        console.flushOut();
        Optional<String> wrong = report.sound() ? mismatch : Optional.of(summary(report));
        wrong.ifPresent(console.err()::println);
        return wrong.isEmpty() ? 0 : Troubles.FAILED;
    }

    private static String summary(AuditReport report) {
        String more = report.wrong() > 1 ? " (and " + (report.wrong() - 1) + " more)" : "";
        return Troubles.oneLine(report.faults().get(0)) + more;
    }

    private NodeId grid() throws IOException {
        if (authority == null) {
            return Login.of(home.path(Main.of(command))).credentials().grid();
        }
        if (Files.exists(Path.of(authority))) {
            return MemberCheck.read(Path.of(authority)).grid();
        }
        try {
            return new NodeId(authority);
        } catch (IllegalArgumentException neither) {
            throw new IllegalArgumentException(
                    "--authority is a file with the authority's certificate, or the grid's id; '" + authority
                            + "' is neither",
                    neither);
        }
    }
}
