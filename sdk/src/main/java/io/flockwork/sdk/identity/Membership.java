package io.flockwork.sdk.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flockwork.sdk.model.Address;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.Optional;

/**
 * A node's place in a grid, kept in a folder that only its owner can read.
 *
 * @param coordinator where the coordinator was when the node joined
 */
public record Membership(Credentials credentials, Address coordinator) {
    private static final String KEY = "key.pem";
    private static final String TLS_KEY = "tls-key.pem";
    private static final String CERTIFICATE = "certificate.pem";
    private static final String AUTHORITY = "authority.pem";
    private static final String COORDINATOR = "coordinator";
    /** For the launcher, which cannot read certificates. */
    private static final String ROLE = "role";

    /**
     * What the folder holds; empty before the node has joined.
     *
     * @throws IOException with one sentence when it is damaged
     */
    public static Optional<Membership> load(Path dir) throws IOException {
        if (!Files.exists(dir.resolve(COORDINATOR))) {
            return Optional.empty();
        }
        try {
            NodeKeys keys = new NodeKeys(
                    Pem.keys(dir.resolve(KEY), NodeKeys.ED25519), Pem.keys(dir.resolve(TLS_KEY), NodeKeys.EC));
            Credentials credentials = new Credentials(
                            keys, Pem.certificate(dir.resolve(CERTIFICATE)), Pem.certificate(dir.resolve(AUTHORITY)))
                    .checked();
            String coordinator = Files.readString(dir.resolve(COORDINATOR)).strip();
            return Optional.of(new Membership(credentials, Address.parse(coordinator)));
        } catch (CharacterCodingException | CertificateException | IllegalArgumentException damaged) {
            throw new IOException("the identity in " + dir + " is of no use: " + damaged.getMessage(), damaged);
        }
    }

    /** Keys kept in the folder, made at the first call; a node that joins again stays who it is. */
    public static NodeKeys keys(Path dir) throws IOException {
        OwnerOnly.folder(dir, KEY);
        if (Files.exists(dir.resolve(KEY)) && Files.exists(dir.resolve(TLS_KEY))) {
            return new NodeKeys(
                    Pem.keys(dir.resolve(KEY), NodeKeys.ED25519), Pem.keys(dir.resolve(TLS_KEY), NodeKeys.EC));
        }
        NodeKeys fresh = NodeKeys.generate();
        Pem.write(dir.resolve(TLS_KEY), fresh.tls());
        Pem.write(dir.resolve(KEY), fresh.signing());
        return fresh;
    }

    /** Writes all of it; the folder counts as joined only when the last file is there. */
    public void save(Path dir) throws IOException {
        OwnerOnly.folder(dir, KEY);
        Pem.write(dir.resolve(TLS_KEY), credentials.keys().tls());
        Pem.write(dir.resolve(KEY), credentials.keys().signing());
        Pem.write(dir.resolve(AUTHORITY), credentials.authority());
        Pem.write(dir.resolve(CERTIFICATE), credentials.certificate());
        OwnerOnly.write(dir.resolve(ROLE), (credentials.self().role().word() + "\n").getBytes(UTF_8));
        OwnerOnly.write(dir.resolve(COORDINATOR), (coordinator + "\n").getBytes(UTF_8));
    }
}
