package io.flockwork.worker;

import io.flockwork.sdk.client.Enrolment;
import io.flockwork.sdk.client.RevokedFile;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.JoinLink;
import io.flockwork.sdk.identity.Membership;
import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import java.io.IOException;

/**
 * Who a worker is, and by whose word.
 *
 * @param coordinator whom to ask for the mesh
 * @param revoked where it keeps who is a member no more
 */
record Member(GridTls tls, Address coordinator, RevokedFile revoked) implements AutoCloseable {
    /**
     * Joins by the link, or takes up the membership that is kept in the folder. Blocks.
     *
     * @throws IOException with one sentence when there is neither; likewise GridException
     */
    static Member of(WorkerSettings settings, NodeFolder folder) throws IOException {
        Membership membership = membership(settings, folder);
        Peer self = membership.credentials().self();
        requireWorker(self.role());
        RevokedFile revoked = RevokedFile.open(membership.credentials().authority(), folder.revoked());
        Member member = new Member(
                new GridTls(membership.credentials(), revoked.revocations()),
                settings.coordinator().orElse(membership.coordinator()),
                revoked);
        member.requireNotRevoked();
        return member;
    }

    /** @throws RevokedException when this worker has heard that it is a member no more */
    void requireNotRevoked() throws RevokedException {
        if (tls.isRevoked()) {
            throw new RevokedException(self());
        }
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

    /** What was heard of revoked nodes is on the disk when this returns. */
    @Override
    public void close() {
        revoked.close();
    }
}
