package io.flockwork.coordinator;

import io.flockwork.sdk.identity.JoinLink;

/**
 * A link that was made.
 *
 * @param pin by what curl knows the coordinator's key
 */
record Invited(JoinLink link, String pin) {
    /** One line that installs a worker and joins it, on a machine that has curl and nothing of Flockwork. The link is no argument, which everybody there could read. */
    String installLine() {
        return "curl -fsSk --pinnedpubkey '" + pin + "' https://" + link.coordinator()
                + "/install.sh | FLOCKWORK_JOIN='" + link.text() + "' sh";
    }
}
