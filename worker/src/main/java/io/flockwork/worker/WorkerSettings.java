package io.flockwork.worker;

import io.flockwork.sdk.identity.JoinLink;
import io.flockwork.sdk.model.Address;
import io.flockwork.worker.lease.Dishonesty;
import io.flockwork.worker.runtime.SandboxChoice;
import io.flockwork.worker.runtime.TrustedJars;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a worker is told at its start.
 *
 * @param join the link to join a grid by; absent for a worker that has joined
 * @param coordinator whom to ask for the mesh, where that is not the one of the link
 * @param dir where the worker keeps what it must not forget
 * @param host the name others reach it by; absent: the address that leads to the coordinator
 * @param port of the gateway; absent: the first free one from 7701
 * @param meshPort of the Hazelcast member; absent: 100 above the gateway's or the next free one, the same again after a restart
 * @param slots units at once
 * @param memoryBytes for all units together
 * @param storageBytes for blobs; absent: half of what is free on the disk, or taken by them already
 * @param labels what its user calls it; where absent, as at the last start
 * @param jars of job types, and whose of them this volunteer trusts
 * @param givesWay whether units run at a low priority; absent: at the edge only
 * @param sandbox whether units run in a sandbox
 * @param isOpen whether anybody may look at the grid at this core's dashboard
 * @param dishonesty how it lies
 * @param metrics where programs of this machine are answered that watch over it
 */
record WorkerSettings(
        Optional<JoinLink> join,
        Optional<Address> coordinator,
        Path dir,
        Optional<String> host,
        OptionalInt port,
        OptionalInt meshPort,
        int slots,
        long memoryBytes,
        OptionalLong storageBytes,
        Labels labels,
        TrustedJars jars,
        SandboxChoice sandbox,
        Optional<Boolean> givesWay,
        boolean isOpen,
        Dishonesty dishonesty,
        Optional<InetSocketAddress> metrics) {
    /**
     * How many bytes of blobs are kept at most.
     *
     * @param taken by those that are there
     */
    long storage(long taken) throws IOException {
        return storageBytes.isPresent()
                ? storageBytes.getAsLong()
                : (Files.getFileStore(dir).getUsableSpace() + taken) / 2;
    }

    /** The same, with its labels of last time where none are given now; they are kept for the next. */
    WorkerSettings remembering(Path file) throws IOException {
        Labels before = Labels.load(file);
        Labels now = labels.or(before);
        if (!now.equals(before)) {
            now.save(file);
        }
        return new WorkerSettings(
                join,
                coordinator,
                dir,
                host,
                port,
                meshPort,
                slots,
                memoryBytes,
                storageBytes,
                now,
                jars,
                sandbox,
                givesWay,
                isOpen,
                dishonesty,
                metrics);
    }
}
