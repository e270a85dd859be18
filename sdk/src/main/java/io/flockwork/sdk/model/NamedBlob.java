package io.flockwork.sdk.model;

/**
 * A file as the grid knows it.
 *
 * @param name the file's base name, for people; at most 255 characters
 * @param size bytes
 */
public record NamedBlob(String name, BlobId blob, long size) {
    public NamedBlob {
        if (name.isEmpty() || name.length() > 255) {
            throw new IllegalArgumentException("a file name has 1 to 255 characters");
        }
        if (size < 0) {
            throw new IllegalArgumentException("a file has no negative size");
        }
    }
}
