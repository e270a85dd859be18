package io.flockwork.worker.master;

import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.wire.BoundedInput;
import io.flockwork.worker.master.UnitRecord.Ballot;
import io.flockwork.worker.master.UnitRecord.State;
import io.flockwork.worker.verify.UnitState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A progress segment as bytes: unit records with their votes. A worker's id is written once a segment. */
final class SegmentCodec {
    private static final int VERSION = 4;
    private static final int FIRST_BUFFER = 64 << 10;

    private SegmentCodec() {}

    static byte[] encode(List<UnitRecord> units) {
        try (Output output = new Output(FIRST_BUFFER, -1)) {
            output.writeByte(VERSION);
            output.writeVarInt(units.size(), true);
            Map<NodeId, Integer> known = new LinkedHashMap<>();
            for (UnitRecord unit : units) {
                writeUnit(output, unit, known);
            }
            return output.toBytes();
        }
    }

    private static void writeUnit(Output output, UnitRecord unit, Map<NodeId, Integer> known) {
        output.writeVarLong(unit.span.from(), false);
        output.writeVarLong(unit.span.size(), true);
        output.writeByte(unit.state().ordinal());
        output.writeByte(unit.poll().ordinal());
        output.writeBoolean(unit.drawn());
        output.writeVarLong(unit.sequence(), true);
        output.writeVarInt(unit.failures(), true);
        output.writeString(unit.cause());
        writeBytes(output, unit.stderr());
        Map<BlobId, Body> bodies = bodies(unit);
        output.writeVarInt(bodies.size(), true);
        bodies.forEach((digest, body) -> writeBody(output, digest, body));
        output.writeVarInt(unit.ballots().size(), true);
        List<BlobId> order = List.copyOf(bodies.keySet());
        for (Ballot ballot : unit.ballots()) {
            writeBallot(output, ballot, order, known);
        }
        output.writeVarInt(unit.debtors().size(), true);
        unit.debtors().forEach(debtor -> writeWorker(output, debtor, known));
    }

    /** The accepted result first, where there is one. */
    private static Map<BlobId, Body> bodies(UnitRecord unit) {
        if (unit.state() != State.ACCEPTED) {
            return unit.bodies();
        }
        if (unit.bodies().isEmpty()) {
            return Map.of(unit.digest(), unit.result());
        }
        Map<BlobId, Body> bodies = new LinkedHashMap<>();
        bodies.put(unit.digest(), unit.result());
        bodies.putAll(unit.bodies());
        return bodies;
    }

    private static void writeBody(Output output, BlobId digest, Body body) {
        output.writeBytes(digest.digest());
        if (body instanceof Body.Stored stored) {
            output.writeBoolean(true);
            output.writeBytes(stored.blob().digest());
            output.writeVarLong(stored.size(), true);
        } else if (body instanceof Body.Inline inline) {
            output.writeBoolean(false);
            writeBytes(output, inline.bytes());
        }
    }

    private static void writeBallot(Output output, Ballot ballot, List<BlobId> order, Map<NodeId, Integer> known) {
        writeWorker(output, ballot.worker(), known);
        int place = order.indexOf(ballot.digest());
        output.writeVarInt(place + 1, true);
        if (place < 0) {
            output.writeBytes(ballot.digest().digest());
        }
        output.writeVarLong(ballot.fuel(), true);
        output.writeBoolean(ballot.dropped());
    }

    private static void writeWorker(Output output, NodeId worker, Map<NodeId, Integer> known) {
        Integer number = known.putIfAbsent(worker, known.size());
        if (number == null) {
            output.writeVarInt(known.size() - 1, true);
            output.writeString(worker.value());
        } else {
            output.writeVarInt(number, true);
        }
    }

    private static void writeBytes(Output output, byte[] bytes) {
        output.writeVarInt(bytes.length, true);
        output.writeBytes(bytes);
    }

    /**
     * The records of a segment, numbered from 0.
     *
     * @throws IllegalArgumentException when the bytes are none
     */
    static List<UnitRecord> decode(byte[] bytes) {
        try (BoundedInput input = new BoundedInput(bytes)) {
            List<UnitRecord> units = readUnits(input);
            if (input.position() != bytes.length) {
                throw new IllegalArgumentException("bytes left over");
            }
            return units;
        } catch (IllegalArgumentException | KryoException | IndexOutOfBoundsException malformed) {
            throw new IllegalArgumentException("not a progress segment: " + malformed.getMessage(), malformed);
        }
    }

    private static List<UnitRecord> readUnits(BoundedInput input) {
        if (input.readByte() != VERSION) {
            throw new IllegalArgumentException("another version");
        }
        int size = input.readLength(8);
        List<UnitRecord> units = new ArrayList<>(size);
        List<NodeId> known = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            units.add(readUnit(input, i, known));
        }
        return units;
    }

    private static UnitRecord readUnit(BoundedInput input, int number, List<NodeId> known) {
        long from = input.readVarLong(false);
        Span span = new Span(from, from + input.readVarLong(true));
        State state = State.values()[input.readByte()];
        UnitState poll = UnitState.values()[input.readByte()];
        boolean drawn = input.readBoolean();
        long sequence = input.readVarLong(true);
        int failures = input.readVarInt(true);
        String cause = input.readString();
        byte[] stderr = input.readBytes(input.readLength(1));
        Map<BlobId, Body> bodies = new LinkedHashMap<>();
        for (int left = input.readLength(BlobId.BYTES); left > 0; left--) {
            bodies.put(BlobId.of(input.readBytes(BlobId.BYTES)), readBody(input));
        }
        List<BlobId> order = List.copyOf(bodies.keySet());
        List<Ballot> ballots = new ArrayList<>(2);
        for (int left = input.readLength(2); left > 0; left--) {
            ballots.add(readBallot(input, order, known));
        }
        List<NodeId> debtors = new ArrayList<>(2);
        for (int left = input.readLength(1); left > 0; left--) {
            debtors.add(readWorker(input, known));
        }
        if (poll == UnitState.FINAL && state != State.ACCEPTED) {
            throw new IllegalArgumentException("a final unit without a result");
        }
        UnitRecord unit = UnitRecord.restored(span, number, ballots, debtors, bodies, failures, cause, stderr);
        unit.polled(poll, drawn);
        if (state == State.ACCEPTED) {
            unit.accept(order.get(0), poll != UnitState.UNVERIFIED);
            bodies.remove(order.get(0));
            unit.alsoGiven(bodies);
            if (poll == UnitState.FINAL) {
                unit.release();
                unit.numberedFinal(sequence);
            }
        } else if (state == State.FAILED) {
            unit.giveUp();
        }
        return unit;
    }

    private static Body readBody(BoundedInput input) {
        return input.readBoolean()
                ? new Body.Stored(BlobId.of(input.readBytes(BlobId.BYTES)), input.readVarLong(true))
                : new Body.Inline(input.readBytes(input.readLength(1)));
    }

    private static Ballot readBallot(Input input, List<BlobId> order, List<NodeId> known) {
        NodeId worker = readWorker(input, known);
        int place = input.readVarInt(true);
        BlobId digest = place == 0 ? BlobId.of(input.readBytes(BlobId.BYTES)) : order.get(place - 1);
        return new Ballot(worker, digest, input.readVarLong(true), input.readBoolean());
    }

    private static NodeId readWorker(Input input, List<NodeId> known) {
        int number = input.readVarInt(true);
        if (number == known.size()) {
            known.add(new NodeId(input.readString()));
        }
        return known.get(number);
    }
}
