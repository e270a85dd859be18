package io.flockwork.sdk.wire;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.BlobId;
import java.io.IOException;

/** The core that was asked, and every core that it asked, lacks a blob. */
public final class UnknownBlobException extends IOException {
    UnknownBlobException(Address core, BlobId blob) {
        super(core + " knows no blob " + blob);
    }
}
