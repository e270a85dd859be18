/**
 * Content-addressed bytes: hashing, manifests, and the local store.
 *
 * <p>A blob is cut into pieces of {@link io.flockwork.sdk.blob.Manifest#PIECE_BYTES}. Its id is the root of the Merkle
 * tree of RFC 6962, section 2.1, over them, so that each piece can be checked before it is passed on and a blob of one
 * piece has that piece's id.
 */
package io.flockwork.sdk.blob;
