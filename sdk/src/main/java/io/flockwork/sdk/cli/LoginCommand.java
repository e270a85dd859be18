package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.Login;
import io.flockwork.sdk.identity.JoinLink;
import io.flockwork.sdk.identity.Membership;
import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.identity.Role;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code flockwork login LINK}: this user's grid from now on. */
@picocli.CommandLine.Command(name = "login", description = "Make a grid yours, with a link that its operator gave you.")
public final class LoginCommand implements Command {
    @Spec
    private CommandSpec command;

    @Mixin
    private HomeOption home;

    @Parameters(paramLabel = "LINK", arity = "0..1", description = LinkReader.DESCRIPTION)
    private String link;

    @Override
    public Integer call() throws IOException {
        Main main = Main.of(command);
        Path folder = home.path(main);
        JoinLink given = LinkReader.read(link, main.environment())
                .orElseThrow(() -> new IllegalArgumentException("login needs a join link of role submit or operate"));
        Membership member = Login.enter(given, folder);
        Peer self = member.credentials().self();
        main.console()
                .out()
                .println("logged in to grid " + given.grid().brief() + " as "
                        + (self.role() == Role.OPERATE ? "operator " : "submitter ") + self.operator());
        return 0;
    }
}
