package io.flockwork.worker;

import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.WorkerInfo;
import java.time.Clock;

/** What a worker says of itself. */
final class WorkerDescription {
    private WorkerDescription() {}

    static WorkerInfo of(WorkerSettings settings, Peer self, Address gateway, Address mesh, Clock clock) {
        return new WorkerInfo(
                self.id(),
                settings.name(),
                self.operator(),
                settings.site(),
                self.referee(),
                settings.team(),
                settings.slots(),
                settings.memoryBytes(),
                gateway,
                mesh,
                clock.millis());
    }
}
