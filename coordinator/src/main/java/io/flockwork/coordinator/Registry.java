package io.flockwork.coordinator;

import io.flockwork.sdk.identity.Authority;
import io.flockwork.sdk.identity.AuthorityFolder;
import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.EnrolmentRequest;
import io.flockwork.sdk.identity.JoinLink;
import io.flockwork.sdk.identity.Membership;
import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.identity.RevocationList;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.NodeId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A grid's members, and who may become one, as the coordinator's folder has it. The folder is the truth: the running coordinator
 * and the commands work on it side by side, under a lock. Blocks; safe for use by many threads and processes.
 */
final class Registry {
    private static final String OWN = "identity";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path dir;
    private final Authority authority;
    private final InvitationFolder invitations;
    private final Register register;
    private final Clock clock;
    private final ReentrantLock threads = new ReentrantLock();

    private Registry(Path dir, Authority authority, Clock clock) throws IOException {
        this.dir = dir;
        this.authority = authority;
        this.invitations = new InvitationFolder(dir.resolve("invitations"));
        this.register = new Register(dir);
        this.clock = clock;
    }

    /** The coordinator's own: where there is no grid yet, makes one. */
    static Registry open(Path dir, Clock clock) throws IOException {
        return new Registry(dir, AuthorityFolder.open(dir, clock.instant()), clock);
    }

    /**
     * For the commands.
     *
     * @throws IOException with one sentence when no coordinator was ever started with this folder
     */
    static Registry existing(Path dir, Clock clock) throws IOException {
        if (!AuthorityFolder.isThere(dir)) {
            throw new IOException("no coordinator has been started with the folder " + dir + " yet");
        }
        return open(dir, clock);
    }

    Authority authority() {
        return authority;
    }

    /** Who the coordinator itself is, and where it is about to listen. */
    Membership coordinator(Address address) throws IOException {
        Path own = dir.resolve(OWN);
        Optional<Membership> earlier = Membership.load(own);
        if (earlier.isPresent() && earlier.get().coordinator().equals(address)) {
            return earlier.get();
        }
        Credentials fresh = authority.enrol(
                Membership.keys(own), Role.COORDINATOR, "coordinator", Optional.of(address.host()), clock.instant());
        return new Membership(fresh, address);
    }

    /** It listens: links lead there from now on. */
    void remember(Membership coordinator) throws IOException {
        coordinator.save(dir.resolve(OWN));
    }

    /** Who the coordinator was when it last started. */
    Membership coordinator() throws IOException {
        return Membership.load(dir.resolve(OWN))
                .orElseThrow(() -> new IOException("no coordinator has been started with the folder " + dir + " yet"));
    }

    /** A new link. */
    JoinLink invite(Invitation invitation) throws IOException {
        if (!invitation.operator().isEmpty()) {
            new Peer(authority.grid(), invitation.role(), invitation.operator());
        }
        JoinLink link = JoinLink.invite(coordinator().coordinator(), invitation.role(), authority.grid(), RANDOM);
        invitations.put(link.invitation(), invitation);
        return link;
    }

    /** By what curl knows the coordinator's TLS key: {@code sha256//} and the hash in base64. */
    String pin() throws IOException {
        return Pin.of(coordinator().credentials().certificate().getPublicKey());
    }

    /**
     * A certificate for a newcomer.
     *
     * @throws IllegalArgumentException with one sentence when it may not join
     */
    X509Certificate enrol(EnrolmentRequest request) throws IOException {
        NodeId node = NodeId.ofKey(request.key());
        if (!request.isSignedFor(authority.grid())) {
            throw new IllegalArgumentException("the request is not signed by the keys that it names");
        }
        String name = JoinLink.invitation(request.token());
        return locked(() -> {
            if (revoked().stream().anyMatch(list -> list.nodes().contains(node))) {
                throw new IllegalArgumentException("this node has been revoked; it does not join again");
            }
            Invitation invitation = invitations
                    .find(name)
                    .orElseThrow(() -> new IllegalArgumentException("the coordinator does not know this join link"));
            invitation.refuses(node, request.role(), clock.millis()).ifPresent(why -> {
                throw new IllegalArgumentException(why);
            });
            String operator = invitation.operator().isEmpty() ? node.brief() : invitation.operator();
            Peer member = new Peer(node, invitation.role(), operator);
            Optional<String> host = Optional.of(request.host()).filter(given -> !given.isEmpty());
            X509Certificate certificate = authority.issue(member, request.tlsKey(), host, clock.instant());
            invitations.put(name, invitation.joinedBy(node));
            register.add(member, clock.millis());
            return certificate;
        });
    }

    /**
     * Ends a node's membership, or withdraws a link.
     *
     * @param named a node's id or the beginning of one, or a join link
     * @return what was revoked, for a person
     * @throws IllegalArgumentException with one sentence when there is no such thing
     */
    String revoke(String named) throws IOException {
        return named.startsWith("flockwork://") ? withdraw(JoinLink.parse(named)) : revokeNode(named);
    }

    private String withdraw(JoinLink link) throws IOException {
        return locked(() -> {
            Invitation invitation = invitations
                    .find(link.invitation())
                    .orElseThrow(() -> new IllegalArgumentException("this grid has made no such join link"));
            invitations.put(link.invitation(), invitation.withdraw());
            return "the join link for role " + invitation.role().word();
        });
    }

    private String revokeNode(String beginning) throws IOException {
        return locked(() -> {
            List<Peer> meant = register.members().values().stream()
                    .filter(member -> member.id().value().startsWith(beginning))
                    .toList();
            if (beginning.isEmpty() || meant.size() != 1) {
                throw new IllegalArgumentException(
                        meant.isEmpty()
                                ? "no node of this grid is called " + beginning
                                : "more than one node's id begins with '" + beginning + "'; give more of it");
            }
            Peer member = meant.get(0);
            Optional<RevocationList> before = revoked();
            Set<NodeId> nodes = new HashSet<>();
            before.ifPresent(list -> nodes.addAll(list.nodes()));
            if (nodes.add(member.id())) {
                long version = before.map(RevocationList::version).orElse(0L) + 1;
                register.keep(authority.revoke(version, nodes));
            }
            return "node " + member.id() + " (" + member.role().word() + ", operator " + member.operator() + ")";
        });
    }

    /** Who has been revoked so far, if anybody. */
    Optional<RevocationList> revoked() throws IOException {
        return register.revoked();
    }

    /** Something that happens while nobody else changes the folder. */
    @FunctionalInterface
    private interface Step<T> {
        T take() throws IOException;
    }

    private <T> T locked(Step<T> step) throws IOException {
        threads.lock();
        try (FileChannel file =
                FileChannel.open(dir.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // Against other processes; closing the file lets go.
            file.lock();
            return step.take();
        } finally {
            threads.unlock();
        }
    }
}
