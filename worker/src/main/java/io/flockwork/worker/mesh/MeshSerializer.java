package io.flockwork.worker.mesh;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.util.Pool;
import com.hazelcast.nio.serialization.ByteArraySerializer;
import io.flockwork.sdk.wire.BoundedInput;
import java.io.IOException;

/** Hazelcast's only way to turn our objects into bytes and back. Thread-safe. */
final class MeshSerializer implements ByteArraySerializer<Object> {
    private static final int TYPE_ID = 7100;
    private static final int IDLE_KRYOS = 8;
    private static final int FIRST_BUFFER = 512;

    private final Pool<Kryo> kryos = new Pool<>(true, false, IDLE_KRYOS) {
        @Override
        protected Kryo create() {
            return MeshKryo.create();
        }
    };

    @Override
    public int getTypeId() {
        return TYPE_ID;
    }

    @Override
    public byte[] write(Object object) throws IOException {
        Object listed = object instanceof Throwable error ? RemoteError.of(error) : object;
        Kryo kryo = kryos.obtain();
        try {
            Output output = new Output(FIRST_BUFFER, -1);
            kryo.writeClassAndObject(output, listed);
            return output.toBytes();
        } catch (KryoException | IllegalArgumentException refused) {
            throw new IOException("the mesh keeps no " + object.getClass().getName(), refused);
        } finally {
            kryos.free(kryo);
        }
    }

    @Override
    public Object read(byte[] bytes) throws IOException {
        Kryo kryo = kryos.obtain();
        try {
            BoundedInput input = new BoundedInput(bytes);
            Object object = kryo.readClassAndObject(input);
            if (!input.end()) {
                throw new IOException("bytes left over after an object");
            }
            return object instanceof RemoteError error ? error.toThrowable() : object;
        } catch (RuntimeException | StackOverflowError malformed) {
            throw new IOException("malformed bytes in the mesh: " + malformed.getMessage(), malformed);
        } finally {
            kryos.free(kryo);
        }
    }
}
