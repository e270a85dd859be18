package io.flockwork.worker.verify;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;

/**
 * One worker's word that {@code digest} is the result of {@code unit}, and that it took {@code fuel} to compute.
 *
 * @param fuel the runner's exact measure of work, 0 where the job is not metered; two votes agree when digest and fuel are
 *     the same
 */
public record Vote(Span unit, NodeId worker, BlobId digest, long fuel) {}
