/** This node's share of the grid's data: blobs it has, blobs it fetches piece by piece from others, each piece checked. */
package io.flockwork.worker.swarm;
