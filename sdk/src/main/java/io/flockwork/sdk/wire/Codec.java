package io.flockwork.sdk.wire;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.util.Pool;

/** Turns messages into bytes and back. Safe for use by many threads. */
public final class Codec {
    private static final int FIRST_BUFFER = 512;

    private final Pool<Kryo> kryos = new Pool<>(true, false, 8) {
        @Override
        protected Kryo create() {
            return Registrations.newKryo();
        }
    };

    /** The message's bytes. */
    public byte[] encode(Message message) {
        Kryo kryo = kryos.obtain();
        try (Output output = new Output(FIRST_BUFFER, -1)) {
            kryo.writeClassAndObject(output, message);
            return output.toBytes();
        } finally {
            kryos.free(kryo);
        }
    }

    /**
     * The message that these bytes are.
     *
     * @throws WireException when they are none, or more than {@link Message#MAX_BYTES}
     */
    public Message decode(byte[] bytes) {
        if (bytes.length > Message.MAX_BYTES) {
            throw new WireException("a message has at most " + Message.MAX_BYTES + " bytes", null);
        }
        Kryo kryo = kryos.obtain();
        try (BoundedInput input = new BoundedInput(bytes)) {
            Object message = kryo.readClassAndObject(input);
            if (message instanceof Message known && input.position() == bytes.length) {
                return known;
            }
            throw new WireException("not a message of this protocol", null);
        } catch (WireException alreadyTold) {
            throw alreadyTold;
        } catch (RuntimeException | StackOverflowError malformed) {
            throw new WireException("not a message of this protocol", malformed);
        } finally {
            kryos.free(kryo);
        }
    }
}
