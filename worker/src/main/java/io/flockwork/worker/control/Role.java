package io.flockwork.worker.control;

import java.util.Locale;

/** What the operator trusts this agent to be. */
public enum Role {
    CORE,
    EDGE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
