package io.flockwork.worker;

import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.model.Address;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a worker is told at its start.
 *
 * @param coordinator whom to ask first for the mesh
 * @param dir where the worker keeps what it must not forget
 * @param host the name others reach it by; absent: the address that leads to the coordinator
 * @param port of the gateway; absent: the first free one from 7701
 * @param meshPort of the Hazelcast member; absent: 100 above the gateway's or the next free one, the same again after a restart
 * @param slots units at once
 * @param memoryBytes for all units together
 * @param saboteur share of answers that are falsified, 0 for an honest worker
 * @param tls the worker's credentials, and whom it trusts
 */
record WorkerSettings(
        Address coordinator,
        Path dir,
        Optional<String> host,
        OptionalInt port,
        OptionalInt meshPort,
        int slots,
        long memoryBytes,
        String name,
        String site,
        double saboteur,
        Optional<GridTls> tls) {}
