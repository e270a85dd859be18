package io.flockwork.coordinator;

import io.flockwork.sdk.client.GridException;
import io.flockwork.sdk.client.Login;
import io.flockwork.sdk.client.RevokedNews;
import io.flockwork.sdk.identity.AuthorityFolder;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.JoinLink;
import io.flockwork.sdk.identity.Membership;
import io.flockwork.sdk.wire.Dialer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/** Where operators do their work: on the coordinator's own folder, or from afar. Blocks. */
abstract class Office implements AutoCloseable {
    /** The folder's, where it is there; else that of the grid that this user operates. */
    static Office of(FolderOption folder) throws IOException {
        Path dir = folder.path();
        if (folder.isGiven() || AuthorityFolder.isThere(dir)) {
            return new Here(Registry.existing(dir, Clock.systemUTC()));
        }
        return new Afar(Login.of(folder.home()));
    }

    /** A link on these terms. */
    abstract Invited invite(Terms terms) throws IOException;

    /** What was revoked, for a person. */
    abstract String revoke(String what) throws IOException;

    @Override
    public void close() {}

    /** On the coordinator's machine. */
    private static final class Here extends Office {
        private final Registry registry;

        Here(Registry registry) {
            this.registry = registry;
        }

        @Override
        Invited invite(Terms terms) throws IOException {
            return new Invited(registry.invite(terms.from(Clock.systemUTC().millis())), registry.pin());
        }

        @Override
        String revoke(String what) throws IOException {
            return registry.revoke(what);
        }
    }

    /** Asks the running coordinator. */
    private static final class Afar extends Office {
        private static final Duration PATIENCE = Duration.ofSeconds(10);
        private static final int LONGEST_ANSWER = 64 << 10;

        private final Membership operator;
        private final Dialer dialer;

        Afar(Membership operator) {
            this.operator = operator;
            this.dialer = new Dialer(new GridTls(operator.credentials()));
        }

        @Override
        Invited invite(Terms terms) {
            JsonObject answer = ask("/invitations", terms.json());
            return new Invited(JoinLink.parse(answer.getString("link")), answer.getString("pin"));
        }

        @Override
        String revoke(String what) {
            return ask(RevokedNews.PATH, new JsonObject().put("what", what)).getString("revoked");
        }

        private JsonObject ask(String path, JsonObject question) {
            try {
                byte[] body = question.toBuffer().getBytes();
                Dialer.Answer answer = dialer.post(operator.coordinator(), path, body, LONGEST_ANSWER, PATIENCE)
                        .join();
                JsonObject json = new JsonObject(Buffer.buffer(answer.body()));
                if (answer.status() == 200) {
                    return json;
                }
                throw new GridException(GridException.Kind.BAD_REQUEST, json.getString("error"));
            } catch (DecodeException malformed) {
                throw new GridException(
                        GridException.Kind.UNREACHABLE,
                        "the coordinator at " + operator.coordinator() + " gave an answer that makes no sense");
            } catch (CompletionException unreachable) {
                throw new GridException(
                        GridException.Kind.UNREACHABLE,
                        "the coordinator at " + operator.coordinator() + " does not answer: "
                                + unreachable.getCause().getMessage());
            }
        }

        @Override
        public void close() {
            dialer.close();
        }
    }
}
