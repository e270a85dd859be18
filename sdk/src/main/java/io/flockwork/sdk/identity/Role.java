package io.flockwork.sdk.identity;

import java.util.Locale;

/** What a member of a grid may do, as the authority has signed it into the member's certificate. */
public enum Role {
    /** Enrols members; nothing else. */
    COORDINATOR,
    /** A worker that the operator trusts to host a part of the mesh. */
    CORE,
    /** Any other worker: computes, and is trusted with nothing. */
    EDGE,
    /** Hands in jobs, and sees its own. */
    SUBMIT,
    /** Sees and ends every job, invites and revokes. */
    OPERATE;

    /** As in links and on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The role that people are invited to by this word.
     *
     * @throws IllegalArgumentException with one sentence when there is none
     */
    public static Role invited(String word) {
        for (Role role : values()) {
            if (role != COORDINATOR && role.word().equals(word)) {
                return role;
            }
        }
        throw new IllegalArgumentException("a role is core, edge, submit or operate"
                + (word != null && word.matches("[A-Za-z]{1,20}") ? ", not '" + word + "'" : ""));
    }

    /** True for those who compute. */
    public boolean works() {
        return this == CORE || this == EDGE;
    }

    /** True for those who hand in jobs. */
    public boolean submits() {
        return this == SUBMIT || this == OPERATE;
    }
}
