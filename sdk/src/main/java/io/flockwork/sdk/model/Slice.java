package io.flockwork.sdk.model;

/**
 * Where a unit's input bytes are: {@code length} bytes of {@code blob} from {@code offset}.
 *
 * @param name what a person calls this input (a file name), or empty
 */
public record Slice(BlobId blob, long offset, int length, String name) {
    public Slice {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("negative slice");
        }
    }
}
