package io.flockwork.sdk.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Where the coordinator keeps the authority: two files, which are all that a backup of a grid's identity needs. */
public final class AuthorityFolder {
    private static final String KEY = "authority-key.pem";
    private static final String CERTIFICATE = "authority.pem";

    private AuthorityFolder() {}

    /** True when the folder holds an authority. */
    public static boolean isThere(Path dir) {
        return Files.exists(dir.resolve(CERTIFICATE));
    }

    /** The authority, made at the first call. */
    public static Authority open(Path dir, Instant now) throws IOException {
        OwnerOnly.folder(dir);
        if (isThere(dir)) {
            return new Authority(Pem.keys(dir.resolve(KEY), NodeKeys.EC), Pem.certificate(dir.resolve(CERTIFICATE)));
        }
        Authority fresh = Authority.create(now);
        Pem.write(dir.resolve(KEY), fresh.keys());
        Pem.write(dir.resolve(CERTIFICATE), fresh.certificate());
        return fresh;
    }
}
