package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.Login;
import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.Scope;
import io.flockwork.sdk.identity.Token;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flockwork token}: a secret for programs that use the HTTP API in this user's name. */
@picocli.CommandLine.Command(
        name = "token",
        description = {
            "Make a token for programs that use the grid's HTTP API in your name, and for signing in to a dashboard.",
            "Keep it as secret as a password: nobody can take it back before it expires, but by revoking your login."
        })
public final class TokenCommand implements Command {
    private static final Duration LONGEST = Duration.ofDays(366);

    @Mixin
    private GridOption grid;

    @Option(
            names = "--scope",
            split = ",",
            paramLabel = "read|submit|operate",
            description = "What it is for, several with commas (read,submit).")
    private List<String> scope;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            defaultValue = "30d",
            description = "How long it is good, at most 366d (${DEFAULT-VALUE}).")
    private Duration expires;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (expires.isZero() || expires.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("--expires is at most 366d");
        }
        Credentials user = Login.of(grid.home()).credentials();
        Token token = Token.mint(user, scopes(), Instant.now().plus(expires));
        if (json) {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("token", token.text());
            report.put(
                    "scopes", token.scopes().stream().sorted().map(Scope::word).toList());
            report.put("expires", token.expires().toString());
            grid.console().out().println(Json.line(report));
        } else {
            grid.console().out().println(token.text());
        }
        grid.console().flushOut();
        return 0;
    }

    private Set<Scope> scopes() {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        (scope == null ? List.of("read", "submit") : scope).forEach(word -> scopes.add(Scope.named(word)));
        return scopes;
    }
}
