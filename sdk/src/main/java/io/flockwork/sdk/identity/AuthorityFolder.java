package io.flockwork.sdk.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
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

    /**
     * The authority, made at the first call.
     *
     * @throws IOException with one sentence when the folder cannot be used or is damaged
     */
    public static Authority open(Path dir, Instant now) throws IOException {
        OwnerOnly.folder(dir, KEY, CERTIFICATE);
        if (isThere(dir)) {
            KeyPair keys = Pem.keys(dir.resolve(KEY), NodeKeys.EC);
            X509Certificate certificate = Pem.certificate(dir.resolve(CERTIFICATE));
            if (!certificate.getPublicKey().equals(keys.getPublic())) {
                throw new IOException(KEY + " and " + CERTIFICATE + " in " + dir + " are of two different grids");
            }
            return new Authority(keys, certificate);
        }
        Authority fresh = Authority.create(now);
        Pem.write(dir.resolve(KEY), fresh.keys());
        Pem.write(dir.resolve(CERTIFICATE), fresh.certificate());
        return fresh;
    }
}
