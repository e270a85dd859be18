package io.flockwork.sdk.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.flockwork.sdk.identity.RevocationList;
import io.flockwork.sdk.identity.Revocations;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.wire.Dialer;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches the list of revoked nodes from a coordinator or core that has a newer one. Blocks. */
public final class RevokedNews {
    private static final Logger LOG = LoggerFactory.getLogger(RevokedNews.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Where coordinators and cores give it, as text. */
    public static final String PATH = "/revocations";

    private RevokedNews() {}

    /** Has {@code revocations} learn the list that {@code node} says it has, if it is newer. Trouble is only logged: others have it too. */
    public static void take(Dialer dialer, Address node, long version, Revocations revocations) {
        long known = revocations.newest().map(RevocationList::version).orElse(0L);
        if (version <= known) {
            return;
        }
        ask(dialer, node, revocations);
    }

    /** Has {@code revocations} learn the list that {@code node} has, which is told to revoked nodes too. Trouble is only logged. */
    public static void ask(Dialer dialer, Address node, Revocations revocations) {
        try {
            Dialer.Answer answer =
                    dialer.get(node, PATH, RevocationList.MAX_BYTES, PATIENCE).join();
            if (answer.status() == 200) {
                revocations.learn(RevocationList.parse(new String(answer.body(), US_ASCII)));
            }
        } catch (CompletionException | IllegalArgumentException trouble) {
            LOG.info("{} did not give its list of revoked nodes: {}", node, trouble.getMessage());
        }
    }
}
