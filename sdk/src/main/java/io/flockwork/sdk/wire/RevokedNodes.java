package io.flockwork.sdk.wire;

import io.flockwork.sdk.identity.RevocationList;

/**
 * Who is a member no more: a core says so unasked, to submitters and workers alike, whenever it has heard of a newer list. It is the
 * last word to a node that is on it.
 *
 * @param list the list's written form, which the authority has signed
 */
public record RevokedNodes(String list) implements Message {
    public RevokedNodes {
        if (list.length() > RevocationList.MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a list of revoked nodes has at most " + RevocationList.MAX_BYTES + " bytes");
        }
    }
}
