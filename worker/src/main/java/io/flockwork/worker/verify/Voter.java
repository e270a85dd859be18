package io.flockwork.worker.verify;

import io.flockwork.sdk.model.NodeId;

/**
 * A worker whose votes may count.
 *
 * @param operator who owns it; workers of one operator have one vote between them, where there is another operator
 * @param referee the operator has marked it as one to decide disputes while the grid is small
 */
public record Voter(NodeId id, String operator, boolean referee) {}
