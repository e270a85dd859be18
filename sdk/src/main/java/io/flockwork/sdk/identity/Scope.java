package io.flockwork.sdk.identity;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What the holder of a {@link Token} may do. */
public enum Scope {
    /** See the grid, and what its owner may see. */
    READ,
    /** Hand in jobs in its owner's name, and end those. */
    SUBMIT,
    /** Do what operators do. */
    OPERATE;

    /** As on the command line and in answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All that a member in this role can pass on. */
    public static Set<Scope> of(Role role) {
        return switch (role) {
            case OPERATE -> EnumSet.allOf(Scope.class);
            case SUBMIT -> EnumSet.of(READ, SUBMIT);
            case CORE -> EnumSet.of(READ);
            default -> EnumSet.noneOf(Scope.class);
        };
    }

    /**
     * The scope by its word.
     *
     * @throws IllegalArgumentException with one sentence when there is none
     */
    public static Scope named(String word) {
        for (Scope scope : values()) {
            if (scope.word().equals(word)) {
                return scope;
            }
        }
        throw new IllegalArgumentException("a scope is read, submit or operate");
    }
}
