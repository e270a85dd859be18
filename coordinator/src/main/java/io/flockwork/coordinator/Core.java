package io.flockwork.coordinator;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.NodeId;

/** A core worker and where it listens: {@code gateway} for the API, {@code mesh} for the other cores. */
record Core(NodeId id, Address gateway, Address mesh) {}
