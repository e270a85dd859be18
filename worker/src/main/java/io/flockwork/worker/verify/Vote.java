package io.flockwork.worker.verify;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;

/** One worker's word that {@code digest} is the result of {@code unit}. */
public record Vote(Span unit, NodeId worker, BlobId digest) {}
