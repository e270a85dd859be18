package io.flockwork.worker.runtime;

import static io.flockwork.worker.runtime.Frames.readBytes;
import static io.flockwork.worker.runtime.Frames.readText;
import static io.flockwork.worker.runtime.Frames.writeBytes;
import static io.flockwork.worker.runtime.Frames.writeText;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Limits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The bytes of a {@link Message.Define}. */
final class CodeFormat {
    private CodeFormat() {}

    static void write(Output out, Message.Define define) {
        out.writeInt(define.number());
        writeText(out, define.job().value());
        out.writeLong(define.limits().timeMillis());
        out.writeLong(define.limits().memoryBytes());
        out.writeInt(define.limits().outputBytes());
        out.writeInt(define.limits().tries());
        out.writeLong(define.limits().fuel());
        out.writeBoolean(define.range());
        if (define.code() instanceof Code.Wasm wasm) {
            out.writeBoolean(true);
            writeText(out, wasm.module().hex());
            writeText(out, wasm.metered().hex());
            out.writeInt(wasm.arguments().size());
            wasm.arguments().forEach(argument -> writeText(out, argument));
        } else if (define.code() instanceof Code.Java java) {
            out.writeBoolean(false);
            writeText(out, java.type());
            out.writeInt(java.parameters().size());
            java.parameters().forEach((name, value) -> {
                writeText(out, name);
                writeText(out, value);
            });
        }
        writeBytes(out, define.module());
    }

    static Message.Define read(Input in) throws IOException {
        int number = in.readInt();
        JobId job = new JobId(readText(in));
        Limits limits = new Limits(in.readLong(), in.readLong(), in.readInt(), in.readInt(), in.readLong());
        boolean range = in.readBoolean();
        Code code = in.readBoolean() ? readWasm(in) : readJava(in);
        return new Message.Define(number, job, code, limits, range, readBytes(in));
    }

    private static Code.Wasm readWasm(Input in) throws IOException {
        BlobId module = new BlobId(readText(in));
        BlobId metered = new BlobId(readText(in));
        List<String> arguments = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            arguments.add(readText(in));
        }
        return new Code.Wasm(module, metered, arguments);
    }

    private static Code.Java readJava(Input in) throws IOException {
        String type = readText(in);
        Map<String, String> parameters = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = readText(in);
            parameters.put(name, readText(in));
        }
        return new Code.Java(type, parameters);
    }
}
