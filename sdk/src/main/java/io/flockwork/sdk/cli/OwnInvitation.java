package io.flockwork.sdk.cli;

import io.flockwork.sdk.identity.JoinLink;
import io.flockwork.sdk.identity.Role;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** Has {@code flockwork invite} run in this process, for a program that has just started a coordinator of its own. */
public final class OwnInvitation {
    private OwnInvitation() {}

    /**
     * A link to the grid of this coordinator's folder; empty while it does not listen yet.
     *
     * @param program the {@code flockwork} program, with all its commands
     * @param more further options of the invitation
     */
    public static Optional<JoinLink> ask(
            CommandLine program, Path coordinator, Role role, String operator, int uses, String... more) {
        // The last thing that a coordinator writes when it has begun to listen.
        if (Files.notExists(coordinator.resolve("identity").resolve("coordinator"))) {
            return Optional.empty();
        }
        StringWriter said = new StringWriter();
        CommandLine invite = program.getSubcommands().get("invite");
        PrintWriter out = invite.getOut();
        invite.setOut(new PrintWriter(said));
        try {
            List<String> command = new ArrayList<>(List.of("invite", "--dir", coordinator.toString()));
            command.addAll(List.of("--role", role.word(), "--operator", operator, "--uses", Integer.toString(uses)));
            command.addAll(List.of(more));
            int code = program.execute(command.toArray(String[]::new));
            return code == 0 ? Optional.of(JoinLink.parse(said.toString())) : Optional.empty();
        } finally {
            invite.setOut(out);
        }
    }
}
