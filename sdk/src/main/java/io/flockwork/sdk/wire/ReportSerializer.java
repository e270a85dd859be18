package io.flockwork.sdk.wire;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.UnitOutcome;
import io.flockwork.sdk.model.VoteSeal;
import io.flockwork.sdk.wire.WorkerMessage.Answer;
import io.flockwork.sdk.wire.WorkerMessage.Report;
import io.flockwork.sdk.wire.WorkerMessage.UnitReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A batch of reports; written by hand because a grid moves hundreds of thousands of them a second. */
final class ReportSerializer extends Serializer<Report> {
    private static final int INLINE = 0;
    private static final int UPLOADED = 1;
    private static final int FAILED = 2;

    ReportSerializer() {
        super(false, true);
    }

    @Override
    public void write(Kryo kryo, Output output, Report report) {
        output.writeString(report.job().value());
        output.writeBoolean(report.seal().isPresent());
        report.seal().ifPresent(seal -> VoteFrames.writeSeal(output, seal));
        output.writeVarInt(report.units().size(), true);
        for (UnitReport unit : report.units()) {
            SpanSerializer.write(output, unit.unit());
            writeAnswer(output, unit.answer());
        }
    }

    private static void writeAnswer(Output output, Answer answer) {
        if (answer instanceof Answer.Inline inline) {
            output.writeByte(INLINE);
            writeBytes(output, inline.output());
            writeTail(output, inline.stderr(), inline.micros());
            output.writeVarLong(inline.fuel(), true);
        } else if (answer instanceof Answer.Uploaded uploaded) {
            output.writeByte(UPLOADED);
            output.writeBytes(uploaded.blob().digest());
            output.writeVarLong(uploaded.size(), true);
            writeTail(output, uploaded.stderr(), uploaded.micros());
            output.writeVarLong(uploaded.fuel(), true);
        } else if (answer instanceof Answer.Failed failed) {
            output.writeByte(FAILED);
            output.writeString(failed.outcome().cause());
            writeTail(output, failed.outcome().stderr(), failed.outcome().micros());
        }
    }

    private static void writeTail(Output output, byte[] stderr, long micros) {
        writeBytes(output, stderr);
        output.writeVarLong(micros, true);
    }

    private static void writeBytes(Output output, byte[] bytes) {
        output.writeVarInt(bytes.length, true);
        output.writeBytes(bytes);
    }

    @Override
    public Report read(Kryo kryo, Input input, Class<? extends Report> type) {
        JobId job = new JobId(input.readString());
        Optional<VoteSeal> seal =
                input.readBoolean() ? Optional.of(VoteFrames.readSeal((BoundedInput) input)) : Optional.empty();
        int size = ((BoundedInput) input).readLength(6);
        List<UnitReport> units = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            Span span = SpanSerializer.read(input);
            units.add(new UnitReport(span, readAnswer((BoundedInput) input)));
        }
        return new Report(job, units, seal);
    }

    private static Answer readAnswer(BoundedInput input) {
        return switch (input.readByte()) {
            case INLINE ->
                new Answer.Inline(readBytes(input), readBytes(input), input.readVarLong(true), input.readVarLong(true));
            case UPLOADED ->
                new Answer.Uploaded(
                        BlobId.of(input.readBytes(BlobId.BYTES)),
                        input.readVarLong(true),
                        readBytes(input),
                        input.readVarLong(true),
                        input.readVarLong(true));
            case FAILED ->
                new Answer.Failed(
                        new UnitOutcome.Failed(input.readString(), readBytes(input), input.readVarLong(true)));
            default -> throw new KryoException("not an answer");
        };
    }

    private static byte[] readBytes(BoundedInput input) {
        return input.readBytes(input.readLength(1));
    }
}
