package io.flockwork.worker;

import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.WorkerInfo;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;

/** What a worker says of itself. */
final class WorkerDescription {
    private WorkerDescription() {}

    static WorkerInfo of(WorkerSettings settings, Peer self, Address gateway, Address mesh, Clock clock) {
        return new WorkerInfo(
                self.id(),
                settings.labels().name().orElseGet(WorkerDescription::machineName),
                self.operator(),
                settings.labels().site().orElse(""),
                self.referee(),
                settings.labels().team().orElse(""),
                settings.slots(),
                settings.memoryBytes(),
                gateway,
                mesh,
                clock.millis());
    }

    private static String machineName() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return name.substring(0, Math.min(name.length(), WorkerInfo.LONGEST_TEXT));
        } catch (UnknownHostException nameless) {
            return "worker";
        }
    }
}
