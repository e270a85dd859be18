package io.flockwork.sdk.client;

import com.fasterxml.jackson.jr.ob.JSON;
import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.EnrolmentRequest;
import io.flockwork.sdk.identity.ForeignGridException;
import io.flockwork.sdk.identity.JoinLink;
import io.flockwork.sdk.identity.Membership;
import io.flockwork.sdk.identity.NodeKeys;
import io.flockwork.sdk.wire.Dialer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** How a node becomes a member of a grid: with a join link, once. Blocks. */
public final class Enrolment {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LONGEST_ANSWER = 64 << 10;

    private Enrolment() {}

    /**
     * The membership kept in the folder, if it is of the link's grid and role; else a new one, kept there from now on.
     *
     * @param host a name or address by which browsers may reach the node, or empty
     * @throws GridException with one sentence when the coordinator refuses, or somebody else answers
     * @throws IOException with one sentence when the folder cannot be used or belongs to another grid
     */
    public static Membership join(JoinLink link, Path dir, String host) throws IOException {
        Optional<Membership> known = Membership.load(dir);
        if (known.isPresent()) {
            Credentials mine = known.get().credentials();
            if (!mine.grid().equals(link.grid())) {
                throw new IOException(dir + " belongs to a member of another grid; use another folder (--dir)");
            }
            if (mine.self().role() == link.role()) {
                return known.get();
            }
        }
        NodeKeys keys = Membership.keys(dir);
        Membership joined = new Membership(enrol(link, keys, host), link.coordinator());
        joined.save(dir);
        return joined;
    }

    private static Credentials enrol(JoinLink link, NodeKeys keys, String host) throws IOException {
        byte[] request =
                JSON.std.asBytes(EnrolmentRequest.sign(link, keys, host).fields());
        try (Dialer dialer = Dialer.ofNewcomer(link.grid())) {
            Dialer.Answer answer = dialer.post(
                            link.coordinator(), EnrolmentRequest.PATH, request, LONGEST_ANSWER, PATIENCE)
                    .join();
            return credentials(link, keys, object(answer.body()));
        } catch (CompletionException failed) {
            throw refusal(link, Trouble.unwrapped(failed));
        }
    }

    private static Credentials credentials(JoinLink link, NodeKeys keys, Map<String, Object> answer) {
        if (answer.get("error") instanceof String sentence) {
            throw new GridException(GridException.Kind.BAD_REQUEST, sentence);
        }
        try {
            Credentials credentials = Credentials.of(keys, bytes(answer, "certificate"), bytes(answer, "authority"));
            if (!credentials.grid().equals(link.grid())) {
                throw new CertificateException("it is of another grid");
            }
            return credentials;
        } catch (CertificateException | IllegalArgumentException malformed) {
            throw new GridException(
                    GridException.Kind.UNREACHABLE,
                    "the coordinator gave a certificate that is of no use: " + malformed.getMessage());
        }
    }

    private static Map<String, Object> object(byte[] answer) {
        try {
            Map<String, Object> object = JSON.std.mapFrom(answer);
            return object == null ? Map.of() : object;
        } catch (IOException | RuntimeException malformed) {
            throw new GridException(
                    GridException.Kind.UNREACHABLE, "the coordinator gave an answer that makes no sense");
        }
    }

    private static byte[] bytes(Map<String, Object> answer, String name) {
        return Base64.getDecoder().decode(String.valueOf(answer.get(name)));
    }

    private static GridException refusal(JoinLink link, Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof ForeignGridException) {
                return new GridException(
                        GridException.Kind.BAD_REQUEST,
                        "another grid answers at " + link.coordinator() + " than the one this join link is for");
            }
        }
        return new GridException(
                GridException.Kind.UNREACHABLE,
                "the coordinator cannot be asked: " + Trouble.reaching(link.coordinator(), cause));
    }
}
