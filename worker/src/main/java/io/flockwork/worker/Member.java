package io.flockwork.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.flockwork.sdk.client.Enrolment;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.JoinLink;
import io.flockwork.sdk.identity.Membership;
import io.flockwork.sdk.identity.OwnerOnly;
import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.identity.RevocationList;
import io.flockwork.sdk.identity.Revocations;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import java.io.IOException;
import java.nio.file.Files;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who a worker is, and by whose word.
 *
 * @param coordinator whom to ask for the mesh
 */
record Member(GridTls tls, Address coordinator) {
    private static final Logger LOG = LoggerFactory.getLogger(Member.class);

    /**
     * Joins by the link, or takes up the membership that is kept in the folder. Blocks.
     *
     * @throws IOException with one sentence when there is neither; likewise GridException
     */
    static Member of(WorkerSettings settings, NodeFolder folder) throws IOException {
        Membership membership = membership(settings, folder);
        Peer self = membership.credentials().self();
        requireWorker(self.role());
        Revocations revocations = revocations(membership, folder);
        if (revocations.contains(self.id())) {
            throw new IOException("this worker (" + self.id().brief() + ") has been revoked by the grid's operator");
        }
        return new Member(
                new GridTls(membership.credentials(), revocations),
                settings.coordinator().orElse(membership.coordinator()));
    }

    private static void requireWorker(Role role) throws IOException {
        if (!role.works()) {
            throw new IOException("this folder belongs to a member of role " + role.word() + ", not to a worker");
        }
    }

    private static Membership membership(WorkerSettings settings, NodeFolder folder) throws IOException {
        if (settings.join().isPresent()) {
            JoinLink link = settings.join().get();
            if (!link.role().works()) {
                // Before anybody is asked: the link stays good for the login that it is for.
                throw new IllegalArgumentException("this link is for a login, not for a worker: flockwork login LINK");
            }
            return Enrolment.join(link, folder.identity(), settings.host().orElse(""));
        }
        return Membership.load(folder.identity())
                .orElseThrow(
                        () -> new IOException(
                                "this worker has not joined a grid yet; ask an operator for a link, then: flockwork worker --join LINK"));
    }

    /** What was heard last time, and from now on every newer list. */
    private static Revocations revocations(Membership membership, NodeFolder folder) throws IOException {
        Revocations revocations = new Revocations(membership.credentials().authority());
        if (Files.exists(folder.revoked())) {
            try {
                revocations.learn(RevocationList.parse(Files.readString(folder.revoked())));
            } catch (IllegalArgumentException damaged) {
                LOG.warn("{} is of no use: {}", folder.revoked(), damaged.getMessage());
            }
        }
        revocations.listen(() -> revocations.newest().ifPresent(list -> keep(list, folder)));
        return revocations;
    }

    private static void keep(RevocationList list, NodeFolder folder) {
        LOG.info(
                "nodes of the grid that have been revoked so far: {}",
                list.nodes().size());
        try {
            OwnerOnly.write(folder.revoked(), list.text().getBytes(US_ASCII));
        } catch (IOException notWritten) {
            LOG.warn("the list of revoked nodes was not written down: {}", notWritten.getMessage());
        }
    }

    /** The worker as the authority has certified it. */
    Peer self() {
        return tls.credentials().self();
    }

    boolean isCore() {
        return self().role() == Role.CORE;
    }

    /** The grid's id. */
    String grid() {
        return tls.credentials().grid().value();
    }
}
