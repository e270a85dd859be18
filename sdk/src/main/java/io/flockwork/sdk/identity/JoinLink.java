package io.flockwork.sdk.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.Base32;
import io.flockwork.sdk.model.NodeId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.random.RandomGenerator;

/**
 * All that a newcomer needs, in one string: {@code flockwork://HOST:PORT/#ROLE.TOKEN.GRID}. The part behind the {@code #} is a
 * secret; the grid's id is the fingerprint of its authority, so the first contact is already authenticated. The token ends in
 * four letters that check the rest, so that a mistyped link is known without asking anybody.
 *
 * @param coordinator whom to ask
 * @param token the secret, base32
 * @param grid the grid's id: the hash of its authority's public key
 */
public record JoinLink(Address coordinator, Role role, String token, NodeId grid) {
    private static final String SCHEME = "flockwork://";
    private static final int TOKEN_BYTES = 16;
    private static final int TOKEN_LETTERS = 26;
    private static final int CHECK_LETTERS = 4;
    /** Of the whole hash of a key: a shorter one could be found a second time. */
    private static final int GRID_LETTERS = 52;

    private static final int LONGEST = 512;
    private static final String SHAPE = "a join link looks like flockwork://HOST:PORT/#ROLE.TOKEN.FINGERPRINT";

    public JoinLink {
        if (!token.matches("[a-z2-7]{" + TOKEN_LETTERS + "}") || grid.value().length() != GRID_LETTERS) {
            throw new IllegalArgumentException(SHAPE);
        }
    }

    /** A link with a fresh secret. */
    public static JoinLink invite(Address coordinator, Role role, NodeId grid, RandomGenerator secure) {
        byte[] bytes = new byte[TOKEN_BYTES];
        secure.nextBytes(bytes);
        return new JoinLink(coordinator, role, Base32.encode(bytes), grid);
    }

    /**
     * Reads a link. What it complains of never repeats the link, which may be a secret.
     *
     * @throws IllegalArgumentException with one sentence when it is none
     */
    public static JoinLink parse(String given) {
        String text = given.strip();
        int hash = text.indexOf('#');
        if (text.length() > LONGEST || !text.startsWith(SCHEME) || hash < 0) {
            throw new IllegalArgumentException(SHAPE);
        }
        String[] parts = text.substring(hash + 1).split("\\.", -1);
        if (parts.length != 3 || parts[1].length() != TOKEN_LETTERS + CHECK_LETTERS) {
            throw new IllegalArgumentException("this join link is mistyped or cut short; " + SHAPE);
        }
        String address = text.substring(SCHEME.length(), hash);
        String secret = parts[1].substring(0, TOKEN_LETTERS);
        if (!check(parts[0], secret, parts[2]).equals(parts[1].substring(TOKEN_LETTERS))) {
            throw new IllegalArgumentException("this join link is mistyped: copy it once more");
        }
        return new JoinLink(
                Address.parse(address.endsWith("/") ? address.substring(0, address.length() - 1) : address),
                Role.invited(parts[0]),
                secret,
                new NodeId(parts[2]));
    }

    private static String check(String role, String token, String grid) {
        byte[] digest = sha256((role + "." + token + "." + grid).getBytes(US_ASCII));
        return Base32.encode(digest).substring(0, CHECK_LETTERS);
    }

    /** By what the invitation may be named in public: a hash of its token, base32. */
    public String invitation() {
        return invitation(token);
    }

    /** The public name of the invitation with this token. */
    public static String invitation(String token) {
        return Base32.encode(sha256(token.getBytes(US_ASCII))).substring(0, 16);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The link itself, to be handed to the one who is invited. */
    public String text() {
        return SCHEME + coordinator + "/#" + role.word() + "." + token + check(role.word(), token, grid.value()) + "."
                + grid;
    }

    /** Without the secret, for logs. */
    @Override
    public String toString() {
        return SCHEME + coordinator + "/#" + role.word() + ".(secret)." + grid;
    }
}
