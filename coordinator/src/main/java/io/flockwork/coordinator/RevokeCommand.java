package io.flockwork.coordinator;

import io.flockwork.sdk.cli.Command;
import io.flockwork.sdk.cli.LinkReader;
import io.flockwork.sdk.cli.Main;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code flockwork revoke}: ends a node's membership, or withdraws a link. */
@CommandLine.Command(
        name = "revoke",
        description =
                "End a node's membership, or withdraw a join link: on the coordinator's machine, or logged in as an operator.")
public final class RevokeCommand implements Command {
    @Mixin
    private FolderOption folder;

    @Parameters(
            paramLabel = "NODE",
            description =
                    "A node's id or the beginning of one, as 'flockwork workers' shows it; or a join link, of which env takes"
                            + " the one in FLOCKWORK_JOIN.")
    private String what;

    @Spec
    private CommandSpec spec;

    /** For the command line. */
    public RevokeCommand() {}

    @Override
    public Integer call() throws IOException {
        String named = what.equals("env")
                ? LinkReader.read(what, Main.of(spec).environment())
                        .orElseThrow()
                        .text()
                : what;
        try (Office office = Office.of(folder)) {
            spec.commandLine().getOut().println("revoked: " + office.revoke(named));
            spec.commandLine().getOut().flush();
        }
        return 0;
    }
}
