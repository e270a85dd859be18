package io.flockwork.worker.mesh;

import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.wire.Dialer;
import java.nio.file.Path;

/**
 * How a core finds its mesh.
 *
 * @param coordinator whom to ask first
 * @param self this core; the others dial {@code self.mesh()}
 * @param bind where to listen for them
 * @param tls this core's credentials, and who has been revoked, of which the coordinator brings news
 * @param dialer speaks to the coordinator
 * @param dir where to keep the other cores' addresses, for the day when the coordinator is away
 */
public record JoinSettings(Address coordinator, WorkerInfo self, Address bind, Path dir, GridTls tls, Dialer dialer) {}
