package io.flockwork.worker;

import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.WorkerInfo;

/** What a worker says of itself. */
final class WorkerDescription {
    private WorkerDescription() {}

    static WorkerInfo of(WorkerSettings settings, Peer self, Address gateway, Address mesh) {
        return new WorkerInfo(
                self.id(),
                settings.name(),
                self.operator(),
                settings.site(),
                settings.slots(),
                settings.memoryBytes(),
                gateway,
                mesh,
                System.currentTimeMillis());
    }
}
