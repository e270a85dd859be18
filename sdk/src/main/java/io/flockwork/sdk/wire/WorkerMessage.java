package io.flockwork.sdk.wire;

import io.flockwork.sdk.blob.BlobHasher;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobSeal;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.Slice;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.UnitOutcome;
import io.flockwork.sdk.model.VoteSeal;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.proof.VoteStatement;
import java.util.List;
import java.util.Optional;

/** Between a worker and a core, on {@value #PATH}. The worker dials; a JobMaster answers on the same socket. */
public sealed interface WorkerMessage extends Message {
    /** Where a core takes these. */
    String PATH = "/worker";

    /** Most slots of one worker. */
    int MAX_SLOTS = 65_536;

    /** Most cores that a worker is told of. */
    int MAX_CORES = 1_000;

    /**
     * First word of a worker on a new socket.
     *
     * @param key the Ed25519 key that it signs its votes with, a SubjectPublicKeyInfo in base64
     */
    record Hello(int protocol, WorkerInfo worker, String key) implements WorkerMessage {}

    /** The jobs there are to work for; sent after a Hello and whenever it changes. */
    record Directory(List<JobNotice> jobs) implements WorkerMessage {}

    /** Where the grid's cores listen, any of which may be the worker's home; sent after a Hello and whenever it changes. */
    record Cores(List<Address> gateways) implements WorkerMessage {
        public Cores {
            if (gateways.size() > MAX_CORES) {
                throw new IllegalArgumentException("a worker is told of at most " + MAX_CORES + " cores");
            }
        }
    }

    /**
     * A job that wants workers.
     *
     * @param master where to ask for its units
     * @param epoch the master's epoch
     * @param range true when the units are spans of a range
     * @param weight its share among the grid's jobs
     * @param seal by which a worker checks, before it runs anything, who wants this code run
     */
    record JobNotice(
            JobId job, Address master, int epoch, Code code, Limits limits, boolean range, int weight, JobSeal seal) {}

    /**
     * The worker has room. Answered by {@link Leases}, at once or when there is work; a second request for a job replaces the
     * first.
     *
     * @param slots units it can run at once
     * @param seconds for how long the batch should keep each slot busy
     * @param speedHint indices a second and slot that it reached on this code before, or 0
     * @param most units it can take
     */
    record Ask(JobId job, int slots, double seconds, double speedHint, int most) implements WorkerMessage {
        public Ask {
            boolean finite = Double.isFinite(seconds) && Double.isFinite(speedHint);
            if (slots < 1 || slots > MAX_SLOTS || most < 1 || !finite || seconds <= 0 || speedHint < 0) {
                throw new IllegalArgumentException("not a request for units");
            }
        }
    }

    /** Units for the worker, each until a deadline that its {@link InHand} messages move. */
    record Leases(JobId job, List<LeasedUnit> units) implements WorkerMessage {}

    /**
     * @param input where the unit's bytes are; absent for spans of a range
     */
    record LeasedUnit(Span unit, Optional<Slice> input) {}

    /**
     * What came of units. The worker keeps each until it is {@link Acknowledged}.
     *
     * @param seal the worker's signature of all the votes that these are; absent of failures, which are no votes
     */
    record Report(JobId job, List<UnitReport> units, Optional<VoteSeal> seal) implements WorkerMessage {
        /** A report without votes, or one that is not signed yet. */
        public Report(JobId job, List<UnitReport> units) {
            this(job, units, Optional.empty());
        }
    }

    /** One unit's outcome. */
    record UnitReport(Span unit, Answer answer) {
        /**
         * What it says, as it is signed; empty of a failure, which is no vote.
         *
         * @throws IllegalArgumentException when it took less than no time
         */
        public Optional<VoteStatement> vote(BlobHasher hasher) {
            if (answer instanceof Answer.Inline inline) {
                return Optional.of(
                        new VoteStatement(unit, hasher.idOf(inline.output()), inline.fuel(), inline.micros()));
            }
            return answer instanceof Answer.Uploaded uploaded
                    ? Optional.of(new VoteStatement(unit, uploaded.blob(), uploaded.fuel(), uploaded.micros()))
                    : Optional.empty();
        }
    }

    /** What a worker reports of a unit. */
    sealed interface Answer {
        /** Longest result that travels inside a report, bytes; longer ones are uploaded as blobs first. */
        int MAX_INLINE = 16 << 10;

        /**
         * A short result.
         *
         * @param fuel the work it took; 0 where that is not counted
         */
        record Inline(byte[] output, byte[] stderr, long micros, long fuel) implements Answer {
            public Inline {
                if (output.length > MAX_INLINE) {
                    throw new IllegalArgumentException("a result of " + output.length + " bytes is to be uploaded");
                }
                requireFuel(fuel);
            }

            /** A short result of work that is not counted. */
            public Inline(byte[] output, byte[] stderr, long micros) {
                this(output, stderr, micros, 0);
            }
        }

        /**
         * A result that the reporting worker has uploaded.
         *
         * @param fuel the work it took; 0 where that is not counted
         */
        record Uploaded(BlobId blob, long size, byte[] stderr, long micros, long fuel) implements Answer {
            public Uploaded {
                requireFuel(fuel);
            }

            /** A result of work that is not counted. */
            public Uploaded(BlobId blob, long size, byte[] stderr, long micros) {
                this(blob, size, stderr, micros, 0);
            }
        }

        /** No result; {@code outcome} says why. */
        record Failed(UnitOutcome.Failed outcome) implements Answer {}

        private static void requireFuel(long fuel) {
            if (fuel < 0 || fuel > Limits.MOST_FUEL) {
                throw new IllegalArgumentException("no unit uses " + fuel + " of fuel");
            }
        }
    }

    /** These reports are safe; the worker may forget them. */
    record Acknowledged(JobId job, List<Span> units) implements WorkerMessage {}

    /** Heartbeat: these units are still being worked on. */
    record InHand(JobId job, List<Span> units) implements WorkerMessage {}

    /** These units are no longer wanted from this worker. */
    record Dropped(JobId job, List<Span> units) implements WorkerMessage {}

    /**
     * What the grid knows of the worker, told when it has been struck: which of its answers were refused and what was accepted
     * instead, of jobs that have ended.
     */
    record Judged(Conduct conduct) implements WorkerMessage {}

    /** The core asked does not lead this job (any more). */
    record NotLed(JobId job) implements WorkerMessage {}

    /** The core will not talk with this worker; the socket closes after this. */
    record Refused(String message) implements WorkerMessage {}
}
