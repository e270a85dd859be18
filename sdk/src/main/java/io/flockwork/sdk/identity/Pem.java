package io.flockwork.sdk.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Keys and certificates in files, in the text form of RFC 7468. A key's file holds the private key and then the public one. */
final class Pem {
    private static final int LONGEST_FILE = 64 << 10;
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    static void write(Path file, KeyPair keys) throws IOException {
        OwnerOnly.write(
                file,
                (block("PRIVATE KEY", keys.getPrivate().getEncoded())
                                + block("PUBLIC KEY", keys.getPublic().getEncoded()))
                        .getBytes(US_ASCII));
    }

    static void write(Path file, X509Certificate certificate) throws IOException {
        try {
            OwnerOnly.write(file, block("CERTIFICATE", certificate.getEncoded()).getBytes(US_ASCII));
        } catch (CertificateException unwritable) {
            throw new IOException(unwritable);
        }
    }

    /** @param algorithm {@link NodeKeys#ED25519} or {@link NodeKeys#EC} */
    static KeyPair keys(Path file, String algorithm) throws IOException {
        String text = text(file);
        try {
            PrivateKey secret = KeyFactory.getInstance(algorithm)
                    .generatePrivate(new PKCS8EncodedKeySpec(decoded(text, "PRIVATE KEY")));
            byte[] open = decoded(text, "PUBLIC KEY");
            PublicKey key = algorithm.equals(NodeKeys.EC) ? NodeKeys.tlsKey(open) : NodeKeys.signingKey(open);
            KeyPair keys = new KeyPair(key, secret);
            if (!NodeKeys.belongTogether(keys)) {
                throw new GeneralSecurityException("the two keys do not belong together");
            }
            return keys;
        } catch (GeneralSecurityException | IllegalArgumentException damaged) {
            throw new IOException(file + " does not hold a key", damaged);
        }
    }

    static X509Certificate certificate(Path file) throws IOException {
        try {
            return certificate(decoded(text(file), "CERTIFICATE"));
        } catch (CertificateException | IllegalArgumentException damaged) {
            throw new IOException(file + " does not hold a certificate", damaged);
        }
    }

    static X509Certificate certificate(byte[] encoded) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LONGEST_FILE), US_ASCII);
        } catch (NoSuchFileException missing) {
            throw new IOException(file + " is missing", missing);
        }
    }

    private static String block(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + LINES.encodeToString(content) + "\n-----END " + label + "-----\n";
    }

    private static byte[] decoded(String text, String label) {
        String begin = "-----BEGIN " + label + "-----";
        int found = text.indexOf(begin);
        int from = found + begin.length();
        int to = text.indexOf("-----END " + label + "-----");
        if (found < 0 || to < from) {
            throw new IllegalArgumentException("there is no " + label);
        }
        return Base64.getMimeDecoder().decode(text.substring(from, to));
    }
}
