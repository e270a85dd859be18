package io.flockwork.coordinator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at the operator's own certificate and key before browsers do. */
final class CertificatePair {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "Ed25519");
    private static final long LONGEST = 1 << 20;

    private CertificatePair() {}

    /** @throws IllegalArgumentException with one sentence when browsers could not be served with these files */
    static void check(Path certificate, Path key) throws IOException {
        PublicKey known = publicKey(certificate);
        String algorithm = SIGNATURES.get(known.getAlgorithm());
        if (algorithm == null) {
            throw new IllegalArgumentException(
                    "the key of " + certificate + " is " + known.getAlgorithm() + "; browsers take RSA and EC");
        }
        try {
            byte[] probe = {1, 2, 3};
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(privateKey(known.getAlgorithm(), key));
            signer.update(probe);
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(known);
            verifier.update(probe);
            if (verifier.verify(signer.sign())) {
                return;
            }
        } catch (GeneralSecurityException another) {
            // As one that does not verify.
        }
        throw new IllegalArgumentException(key + " is not the key of the certificate in " + certificate);
    }

    private static PublicKey publicKey(Path certificate) throws IOException {
        try (InputStream in = Files.newInputStream(certificate)) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(in)
                    .getPublicKey();
        } catch (CertificateException none) {
            throw new IllegalArgumentException(certificate + " holds no certificate in PEM", none);
        }
    }

    private static PrivateKey privateKey(String algorithm, Path key) throws IOException, GeneralSecurityException {
        if (Files.size(key) > LONGEST) {
            throw new IllegalArgumentException(key + " is too long for a private key");
        }
        Matcher text = KEY.matcher(Files.readString(key, StandardCharsets.ISO_8859_1));
        if (!text.find()) {
            throw new IllegalArgumentException(
                    key
                            + " holds no private key in PKCS #8 (BEGIN PRIVATE KEY); 'openssl pkcs8 -topk8 -nodes' makes it one");
        }
        byte[] encoded = Base64.getMimeDecoder().decode(text.group(1));
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }
}
