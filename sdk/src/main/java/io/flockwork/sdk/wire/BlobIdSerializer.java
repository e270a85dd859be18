package io.flockwork.sdk.wire;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.flockwork.sdk.model.BlobId;

/** The digest's 32 bytes. */
final class BlobIdSerializer extends Serializer<BlobId> {
    BlobIdSerializer() {
        super(false, true);
    }

    @Override
    public void write(Kryo kryo, Output output, BlobId id) {
        output.writeBytes(id.digest());
    }

    @Override
    public BlobId read(Kryo kryo, Input input, Class<? extends BlobId> type) {
        return BlobId.of(input.readBytes(BlobId.BYTES));
    }
}
