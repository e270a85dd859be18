package io.flockwork.sdk.web;

import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.identity.Scope;
import io.flockwork.sdk.identity.Token;
import io.flockwork.sdk.model.JobRecord;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who sends a request, and what for.
 *
 * @param member absent: anybody
 * @param token by which the member has let a program or a browser act, where it did not come itself
 * @param isOpen true where anybody may look at the grid
 */
public record Caller(Optional<Peer> member, Set<Scope> scopes, Optional<Token> token, boolean isOpen) {
    static Caller anybody() {
        return new Caller(Optional.empty(), EnumSet.noneOf(Scope.class), Optional.empty(), false);
    }

    static Caller itself(Peer member) {
        return new Caller(Optional.of(member), Scope.of(member.role()), Optional.empty(), false);
    }

    static Caller by(Peer owner, Token token) {
        return new Caller(Optional.of(owner), token.scopes(), Optional.of(token), false);
    }

    /** The same, where anybody may look at the grid or not. */
    Caller lookingAt(boolean openGrid) {
        return new Caller(member, scopes, token, openGrid);
    }

    /** True when the caller may do this. */
    public boolean may(Scope scope) {
        return scopes.contains(scope) || scope == Scope.READ && (isOpen || !scopes.isEmpty());
    }

    /** True when the caller may know of the job: an operator, its submitter, or anybody where the grid is open. */
    public boolean maySee(JobRecord job) {
        return isOpen || owns(job);
    }

    /** True when the caller may have the job's results, and end it. */
    public boolean owns(JobRecord job) {
        return member.filter(peer -> peer.role() == Role.OPERATE
                        || peer.id().equals(job.seal().owner()))
                .isPresent();
    }
}
