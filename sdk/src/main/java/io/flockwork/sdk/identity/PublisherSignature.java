package io.flockwork.sdk.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.flockwork.sdk.model.ExactBase64;
import io.flockwork.sdk.model.NodeId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;

/**
 * Who stands behind a jar: a file beside it, {@code NAME.jar.sig}, with the publisher's Ed25519 key and its signature of the jar,
 * each a line of base64. A publisher is known by the hash of the key, as nodes are.
 */
public final class PublisherSignature {
    private static final int LONGEST_FILE = 1024;

    private PublisherSignature() {}

    /** The file that says who stands behind this jar. */
    public static Path fileOf(Path jar) {
        return jar.resolveSibling(jar.getFileName() + ".sig");
    }

    /** Signs the jar and writes the file beside it. */
    public static void sign(NodeKeys publisher, Path jar) throws IOException {
        Base64.Encoder base64 = Base64.getEncoder();
        String lines = base64.encodeToString(publisher.signing().getPublic().getEncoded()) + "\n"
                + base64.encodeToString(publisher.sign(statement(jar))) + "\n";
        Files.writeString(fileOf(jar), lines, US_ASCII);
    }

    /**
     * Who has signed this jar as it is.
     *
     * @throws IOException with one sentence when nobody has
     */
    public static NodeId check(Path jar) throws IOException {
        if (Files.notExists(fileOf(jar))) {
            throw new IOException("nobody has signed it");
        }
        try (InputStream in = Files.newInputStream(fileOf(jar))) {
            List<String> lines =
                    new String(in.readNBytes(LONGEST_FILE), US_ASCII).lines().toList();
            PublicKey key = NodeKeys.signingKey(ExactBase64.decode(lines.get(0)));
            if (NodeKeys.verify(key, statement(jar), ExactBase64.decode(lines.get(1)))) {
                return NodeId.ofKey(key);
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            throw new IOException("its signature is malformed", malformed);
        }
        throw new IOException("it is not the one that its publisher has signed");
    }

    private static byte[] statement(Path jar) throws IOException {
        try (InputStream in = Files.newInputStream(jar)) {
            DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
            digest.transferTo(OutputStream.nullOutputStream());
            ByteArrayOutputStream statement = new ByteArrayOutputStream();
            statement.writeBytes("flockwork jar\n".getBytes(US_ASCII));
            statement.writeBytes(digest.getMessageDigest().digest());
            return statement.toByteArray();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
