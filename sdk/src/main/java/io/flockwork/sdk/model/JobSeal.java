package io.flockwork.sdk.model;

/**
 * By what anybody can check who handed a job in. All but the owner is base64, so that seals compare by their content.
 *
 * @param owner the submitter
 * @param certificate the submitter's certificate, DER
 * @param key the submitter's Ed25519 key, a SubjectPublicKeyInfo
 * @param rest the hash of all that the submitter said and workers need not know
 * @param delegation the submitter's signed word for the key that has signed, or empty where the submitter has signed itself
 * @param signature over the job's id, its code and limits, and the rest
 */
public record JobSeal(NodeId owner, String certificate, String key, String rest, String delegation, String signature) {
    private static final int LONGEST = 8 << 10;

    /** By the submitter itself. */
    public JobSeal(NodeId owner, String certificate, String key, String rest, String signature) {
        this(owner, certificate, key, rest, "", signature);
    }

    public JobSeal {
        if (certificate.length() + key.length() + rest.length() + delegation.length() + signature.length() > LONGEST) {
            throw new IllegalArgumentException("a job's seal has at most " + LONGEST + " characters");
        }
    }
}
