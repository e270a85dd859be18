package io.flockwork.worker;

import io.flockwork.sdk.identity.Peer;
import java.io.IOException;

/** The grid's operator has ended this worker's membership: there is nothing left for it to do, now or after a restart. */
final class RevokedException extends IOException {
    private static final long serialVersionUID = 1;

    RevokedException(Peer self) {
        super("this worker (" + self.id().brief() + ") has been revoked by the grid's operator");
    }
}
