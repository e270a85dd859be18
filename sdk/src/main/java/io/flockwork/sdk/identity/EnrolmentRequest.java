package io.flockwork.sdk.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.flockwork.sdk.model.NodeId;
import java.io.ByteArrayOutputStream;
import java.security.PublicKey;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * A newcomer's request for a certificate. Signed with both of its keys, so that nobody is enrolled under a key that is another's.
 *
 * @param token the invitation's secret
 * @param host a name or address by which browsers reach the newcomer, or empty
 * @param proof the Ed25519 signature of the request
 * @param tlsProof the same with the TLS key
 */
public record EnrolmentRequest(
        String token, Role role, PublicKey key, PublicKey tlsKey, String host, byte[] proof, byte[] tlsProof) {
    /** Where the coordinator takes it: JSON, answered by {@code {"certificate": base64, "authority": base64}} or {@code {"error": sentence}}. */
    public static final String PATH = "/enrol";

    /** Longest written form, bytes. */
    public static final int MAX_BYTES = 8 << 10;

    private static final int LONGEST_HOST = 255;

    /** The request of the one who holds these keys. */
    public static EnrolmentRequest sign(JoinLink link, NodeKeys keys, String host) {
        PublicKey key = keys.signing().getPublic();
        PublicKey tlsKey = keys.tls().getPublic();
        byte[] statement = statement(link.grid(), link.token(), link.role(), key, tlsKey, host);
        return new EnrolmentRequest(
                link.token(), link.role(), key, tlsKey, host, keys.sign(statement), keys.signWithTls(statement));
    }

    /** True when both keys' holder has signed this for this grid. */
    public boolean isSignedFor(NodeId grid) {
        byte[] statement = statement(grid, token, role, key, tlsKey, host);
        return NodeKeys.verify(key, statement, proof) && NodeKeys.verify(tlsKey, statement, tlsProof);
    }

    private static byte[] statement(
            NodeId grid, String token, Role role, PublicKey key, PublicKey tlsKey, String host) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String part : new String[] {"flockwork enrolment", grid.value(), token, role.word(), host}) {
            bytes.writeBytes((part + "\n").getBytes(US_ASCII));
        }
        bytes.writeBytes(key.getEncoded());
        bytes.writeBytes(tlsKey.getEncoded());
        return bytes.toByteArray();
    }

    /** For a JSON object. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("token", token);
        fields.put("role", role.word());
        fields.put("key", base64(key.getEncoded()));
        fields.put("tlsKey", base64(tlsKey.getEncoded()));
        fields.put("host", host);
        fields.put("proof", base64(proof));
        fields.put("tlsProof", base64(tlsProof));
        return fields;
    }

    /**
     * From a JSON object.
     *
     * @throws IllegalArgumentException with one sentence when something is missing or malformed
     */
    public static EnrolmentRequest of(Map<String, Object> fields) {
        String host = text(fields, "host");
        if (host.length() > LONGEST_HOST || !host.matches("[A-Za-z0-9.:_-]*")) {
            throw new IllegalArgumentException("'host' is not the name or address of a host");
        }
        String token = text(fields, "token");
        if (!token.matches("[a-z2-7]{1,64}")) {
            throw new IllegalArgumentException("'token' is not that of a join link");
        }
        return new EnrolmentRequest(
                token,
                Role.invited(text(fields, "role")),
                NodeKeys.signingKey(bytes(fields, "key")),
                NodeKeys.tlsKey(bytes(fields, "tlsKey")),
                host,
                bytes(fields, "proof"),
                bytes(fields, "tlsProof"));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String text(Map<String, Object> fields, String name) {
        if (fields.get(name) instanceof String text && text.length() <= MAX_BYTES) {
            return text;
        }
        throw new IllegalArgumentException("'" + name + "' is missing or not a text");
    }

    private static byte[] bytes(Map<String, Object> fields, String name) {
        try {
            return Base64.getDecoder().decode(text(fields, name));
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("'" + name + "' is missing or not in base64", malformed);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "enrolment of " + NodeId.ofKey(key) + " as " + role.word();
    }
}
