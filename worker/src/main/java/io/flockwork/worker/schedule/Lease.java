package io.flockwork.worker.schedule;

import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;

/** A unit that was out with a worker. */
public record Lease(Span unit, NodeId worker) {}
