package io.flockwork.sdk.model;

/**
 * By what anybody can check that a worker gave a batch of votes, and that none of its batches before it is missing.
 *
 * @param chain names the batches of one worker for one job between two starts of it; {@value #CHAIN_DIGITS} hexadecimal digits
 * @param sequence place among the batches of the chain, from 0
 * @param previous the root over the batch before it; {@link #NONE} of the first
 * @param team whom the worker's credit for these votes is to be added to, or empty; as long as a worker's name at most
 * @param signature Ed25519, base64; over the grid, the job, the worker, all of this, and the number of votes and the root over them
 */
public record VoteSeal(String chain, long sequence, BlobId previous, String team, String signature) {
    /** Digits of a chain's name. */
    public static final int CHAIN_DIGITS = 32;
    /** Length of a signature, bytes. */
    public static final int SIGNATURE_BYTES = 64;
    /** Before the first batch there is none. */
    public static final BlobId NONE = BlobId.of(new byte[BlobId.BYTES]);

    public VoteSeal {
        boolean hex = chain.length() == CHAIN_DIGITS
                && chain.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
        if (!hex
                || !WorkerInfo.isLabel(team)
                || sequence < 0
                || ExactBase64.decode(signature).length != SIGNATURE_BYTES) {
            throw new IllegalArgumentException("not a seal of votes");
        }
    }

    /** The 64 bytes of the signature. */
    public byte[] signatureBytes() {
        return ExactBase64.decode(signature);
    }
}
