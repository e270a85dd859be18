package io.flockwork.sdk.cli;

import io.flockwork.sdk.identity.JoinLink;
import io.flockwork.sdk.identity.Role;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;

/** Has {@code flockwork invite} run in this process, for a program that has just started a coordinator of its own. */
public final class OwnInvitation {
    private OwnInvitation() {}

    /**
     * A link to the grid of this coordinator's folder; empty while it does not listen yet.
     *
     * @param program the {@code flockwork} program, with all its commands
     */
    public static Optional<JoinLink> ask(CommandLine program, Path coordinator, Role role, String operator, int uses) {
        // The last thing that a coordinator writes when it has begun to listen.
        if (Files.notExists(coordinator.resolve("identity").resolve("coordinator"))) {
            return Optional.empty();
        }
        StringWriter said = new StringWriter();
        CommandLine invite = program.getSubcommands().get("invite");
        PrintWriter out = invite.getOut();
        invite.setOut(new PrintWriter(said));
        try {
            int code = program.execute(
                    "invite",
                    "--dir",
                    coordinator.toString(),
                    "--role",
                    role.word(),
                    "--operator",
                    operator,
                    "--uses",
                    Integer.toString(uses));
            return code == 0 ? Optional.of(JoinLink.parse(said.toString())) : Optional.empty();
        } finally {
            invite.setOut(out);
        }
    }
}
