package io.flockwork.coordinator;

import io.flockwork.sdk.cli.Command;
import io.flockwork.sdk.identity.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code flockwork invite}: prints one join link. */
@CommandLine.Command(
        name = "invite",
        description = "Print a link by which others join: on the coordinator's machine, or logged in as an operator.")
public final class InviteCommand implements Command {
    @Mixin
    private FolderOption folder;

    @Option(
            names = "--role",
            required = true,
            paramLabel = "core|edge|submit|operate",
            description =
                    "What the newcomers may do: core workers host the mesh, edge workers compute, submitters hand in jobs,"
                            + " operators see and end everything.")
    private String role;

    @Option(
            names = "--referee",
            description =
                    "With --role core: the newcomers' answers decide where others disagree; for the operator's own machines.")
    private boolean referee;

    @Option(
            names = "--operator",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Whom the newcomers belong to; votes are counted by operator (each its own).")
    private String operator;

    @Option(
            names = "--uses",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many nodes may join by the link (${DEFAULT-VALUE}).")
    private int uses;

    @Option(
            names = "--expires",
            paramLabel = "7d",
            defaultValue = "7d",
            description = "How long the link is good for (${DEFAULT-VALUE}).")
    private Duration expires;

    @Option(
            names = "--install",
            description = "Print the whole line that installs a worker on another machine and joins it.")
    private boolean install;

    @Spec
    private CommandSpec spec;

    /** For the command line. */
    public InviteCommand() {}

    @Override
    public Integer call() throws IOException {
        if (install && !Role.invited(role).works()) {
            throw new IllegalArgumentException("--install is for workers: --role core or edge");
        }
        Terms terms = new Terms(Role.invited(role), referee, operator, uses, expires);
        try (Office office = Office.of(folder)) {
            Invited invited = office.invite(terms);
            PrintWriter out = spec.commandLine().getOut();
            out.println(install ? invited.installLine() : invited.link().text());
            if (out.checkError()) {
                throw new IOException("standard output was closed before the link was written");
            }
        }
        return 0;
    }
}
