package io.flockwork.coordinator;

import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.identity.Revocations;
import io.flockwork.sdk.identity.Role;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.security.cert.CertificateException;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Who asks, as the TLS certificate says. */
final class Visitor {
    private static final String PEER = "peer";

    private Visitor() {}

    /** Lets members in these roles pass, unless they have been revoked; goes before the body is read. */
    static SecurityPolicyHandler only(Set<Role> roles, Revocations revocations) {
        return context -> {
            Peer peer = peer(context);
            if (!roles.contains(peer.role())) {
                throw new Refusal(
                        403,
                        "only a member of role " + words(roles) + " may do this, and this one's is "
                                + peer.role().word());
            }
            // Their handshakes are let through, so that they can be told.
            if (revocations.contains(peer.id())) {
                throw new Refusal(403, "node " + peer.id() + " has been revoked");
            }
            context.put(PEER, peer);
            context.next();
        };
    }

    private static String words(Set<Role> roles) {
        return roles.stream().map(Role::word).collect(Collectors.joining(" or "));
    }

    static SecurityPolicyHandler anyMember(Revocations revocations) {
        return only(EnumSet.allOf(Role.class), revocations);
    }

    /** Lets members pass also when revoked: they may know that they are. */
    static SecurityPolicyHandler anyEverMember() {
        return context -> {
            context.put(PEER, peer(context));
            context.next();
        };
    }

    private static Peer peer(RoutingContext context) {
        try {
            return Peer.of(context.request().connection().sslSession());
        } catch (CertificateException nobody) {
            throw new Refusal(401, "this is for members of the grid only");
        }
    }

    /** The member who has passed. */
    static Peer of(RoutingContext context) {
        return context.get(PEER);
    }
}
