package io.flockwork.worker.runtime;

import static io.flockwork.worker.runtime.Frames.readBytes;
import static io.flockwork.worker.runtime.Frames.readText;
import static io.flockwork.worker.runtime.Frames.writeBytes;
import static io.flockwork.worker.runtime.Frames.writeText;

import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.UnitOutcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a worker and its runner tell each other; each message is one frame. Lists run to the end of their frame, so that a
 * frame can be filled before it is known how much will go in.
 */
sealed interface Message {
    /** To the runner: what the units of {@code number} run. */
    record Define(int number, JobId job, Code code, Limits limits, boolean range, byte[] module) implements Message {}

    /** To the runner: no unit of {@code number} comes any more. */
    record Forget(int number) implements Message {}

    /** To the runner: units to run. */
    record Units(int number, List<Order> orders) implements Message {}

    /** To the runner: forget these units, and stop those that run. */
    record Stop(List<Integer> ids) implements Message {}

    /** To the runner: is this module fit to run, and does it become {@code metered}? The answer is an outcome whose output is the complaint, if any. */
    record Inspect(int id, byte[] module, BlobId metered) implements Message {}

    /** From the runner: units that have ended. */
    record Outcomes(List<Answer> answers) implements Message {}

    /** From the runner: a sign of life. */
    record Beat() implements Message {}

    /** From the runner: it ends now, because a unit would not stop, and blames nobody. */
    record Bye() implements Message {}

    /** One unit under the number that its outcome will carry. */
    record Order(int id, UnitTask task) {}

    /** The outcome of the unit of that number. */
    record Answer(int id, UnitOutcome outcome) {}

    byte DEFINE = 1;
    byte FORGET = 2;
    byte UNITS = 3;
    byte STOP = 4;
    byte INSPECT = 5;
    byte OUTCOMES = 6;
    byte BEAT = 7;
    byte BYE = 8;

    /** Writes the message as the body of a frame. */
    default void write(Output out) {
        if (this instanceof Define define) {
            out.writeByte(DEFINE);
            CodeFormat.write(out, define);
        } else if (this instanceof Forget forget) {
            out.writeByte(FORGET);
            out.writeInt(forget.number);
        } else if (this instanceof Units units) {
            out.writeByte(UNITS);
            out.writeInt(units.number);
            units.orders.forEach(order -> writeOrder(out, order));
        } else if (this instanceof Stop stop) {
            out.writeByte(STOP);
            stop.ids.forEach(out::writeInt);
        } else if (this instanceof Inspect inspect) {
            out.writeByte(INSPECT);
            out.writeInt(inspect.id);
            writeText(out, inspect.metered.hex());
            writeBytes(out, inspect.module);
        } else if (this instanceof Outcomes outcomes) {
            out.writeByte(OUTCOMES);
            outcomes.answers.forEach(answer -> writeAnswer(out, answer.id, answer.outcome));
        } else {
            out.writeByte(this instanceof Beat ? BEAT : BYE);
        }
    }

    /** Reads a message back. */
    static Message read(Input in) throws IOException {
        try {
            byte kind = in.readByte();
            return switch (kind) {
                case DEFINE -> CodeFormat.read(in);
                case FORGET -> new Forget(in.readInt());
                case UNITS -> new Units(in.readInt(), readToEnd(in, Message::readOrder));
                case STOP -> new Stop(readToEnd(in, Input::readInt));
                case INSPECT -> readInspect(in);
                case OUTCOMES -> new Outcomes(readToEnd(in, Message::readAnswer));
                case BEAT -> new Beat();
                case BYE -> new Bye();
                default -> throw new IOException("a frame of unknown kind " + kind);
            };
        } catch (KryoException | IllegalArgumentException damaged) {
            throw new IOException("a damaged frame: " + damaged.getMessage(), damaged);
        }
    }

    private static Inspect readInspect(Input in) throws IOException {
        int id = in.readInt();
        BlobId metered = new BlobId(readText(in));
        return new Inspect(id, readBytes(in), metered);
    }

    private static void writeOrder(Output out, Order order) {
        out.writeInt(order.id);
        out.writeVarLong(order.task.span().from(), false);
        out.writeVarLong(order.task.span().size(), true);
        writeText(out, order.task.inputName());
        writeBytes(out, order.task.input());
    }

    private static Order readOrder(Input in) throws IOException {
        int id = in.readInt();
        long from = in.readVarLong(false);
        Span span = new Span(from, from + in.readVarLong(true));
        String name = readText(in);
        return new Order(id, new UnitTask(span, readBytes(in), name));
    }

    /** Writes one entry of an {@link Outcomes} frame. */
    static void writeAnswer(Output out, int id, UnitOutcome outcome) {
        out.writeInt(id);
        out.writeVarLong(outcome.micros(), true);
        writeBytes(out, outcome.stderr());
        if (outcome instanceof UnitOutcome.Done done) {
            out.writeBoolean(true);
            writeBytes(out, done.output());
            out.writeVarLong(done.fuel(), true);
        } else if (outcome instanceof UnitOutcome.Failed failed) {
            out.writeBoolean(false);
            writeText(out, failed.cause());
        }
    }

    private static Answer readAnswer(Input in) throws IOException {
        int id = in.readInt();
        long micros = in.readVarLong(true);
        byte[] stderr = readBytes(in);
        return new Answer(
                id,
                in.readBoolean()
                        ? new UnitOutcome.Done(readBytes(in), stderr, micros, in.readVarLong(true))
                        : new UnitOutcome.Failed(readText(in), stderr, micros));
    }

    private static <T> List<T> readToEnd(Input in, Reader<T> reader) throws IOException {
        List<T> list = new ArrayList<>();
        while (in.position() < in.limit()) {
            list.add(reader.read(in));
        }
        return list;
    }

    /** Reads one entry of a list. */
    interface Reader<T> {
        T read(Input in) throws IOException;
    }
}
