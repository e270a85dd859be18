package io.flockwork.worker.mesh;

import com.esotericsoftware.kryo.kryo5.Kryo;
import io.flockwork.sdk.wire.Registrations;

/**
 * The classes that the mesh keeps, each with a number for ever: cores of one protocol version read each other's bytes. The
 * model has its numbers from {@link Registrations}; a class listed in neither place is refused, both ways.
 */
final class MeshKryo {
    private MeshKryo() {}

    /** A fresh instance; not thread-safe. Reads from a {@link io.flockwork.sdk.wire.BoundedInput} only. */
    static Kryo create() {
        Kryo kryo = Registrations.newKryo();
        kryo.register(CreateJob.class, Registrations.FIRST_FREE);
        kryo.register(ChangeJob.class, Registrations.FIRST_FREE + 1);
        kryo.register(AddHolder.class, Registrations.FIRST_FREE + 2);
        kryo.register(RemoteError.class, Registrations.FIRST_FREE + 3);
        kryo.register(Judge.class, Registrations.FIRST_FREE + 4);
        return kryo;
    }
}
