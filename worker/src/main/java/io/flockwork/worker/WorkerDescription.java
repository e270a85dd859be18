package io.flockwork.worker;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.WorkerInfo;
import java.io.IOException;
import java.time.Clock;

/** What a worker says of itself. */
final class WorkerDescription {
    private WorkerDescription() {}

    static WorkerInfo of(WorkerSettings settings, NodeFolder folder, Address gateway, Address mesh, Clock clock)
            throws IOException {
        return new WorkerInfo(
                folder.id(),
                settings.name(),
                settings.name(),
                settings.site(),
                settings.slots(),
                settings.memoryBytes(),
                gateway,
                mesh,
                clock.millis());
    }
}
