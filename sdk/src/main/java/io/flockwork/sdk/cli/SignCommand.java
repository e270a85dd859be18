package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.Login;
import io.flockwork.sdk.identity.NodeKeys;
import io.flockwork.sdk.identity.PublisherSignature;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code flockwork sign JAR}: stands behind a jar of job types, for volunteers who trust this user. */
@picocli.CommandLine.Command(
        name = "sign",
        description = "Sign a jar of job types with the key of your login; volunteers who trust it load the jar.")
public final class SignCommand implements Command {
    @Spec
    private CommandSpec command;

    @Mixin
    private HomeOption home;

    @Parameters(paramLabel = "JAR", description = "The jar; its signature is written beside it, as JAR.sig.")
    private Path jar;

    @Override
    public Integer call() throws IOException {
        Main main = Main.of(command);
        NodeKeys keys = Login.of(home.path(main)).credentials().keys();
        PublisherSignature.sign(keys, jar);
        main.console()
                .out()
                .println("signed " + jar + "; a volunteer trusts you with: flockwork worker --trust " + keys.id());
        return 0;
    }
}
