package io.flockwork.worker.verify;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** What a vote costs the late lottery: a hundred workers, 100,000 units, all copies that it wants. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class VoteBenchmark {
    private static final int VOTES = 100_000;
    private static final int WORKERS = 100;
    private static final BlobId RIGHT = new BlobId("a".repeat(64));

    private final List<NodeId> workers = new ArrayList<>();
    private LateLottery policy;

    @Setup(Level.Invocation)
    public void start() {
        policy = new LateLottery(Knobs.of(1e-3, .05), new byte[16], Rates.NONE);
        workers.clear();
        for (int worker = 0; worker < WORKERS; worker++) {
            workers.add(new NodeId(
                    "w" + Integer.toString(worker, 2).replace('0', 'a').replace('1', 'b')));
            policy.arrived(new Voter(workers.get(worker), "operator " + worker, false));
        }
    }

    /** Asks whether the worker may, and takes its vote; the next worker gives the copy that is wanted, if any. */
    @Benchmark
    @OperationsPerInvocation(VOTES)
    public LateLottery vote() {
        int unit = -1;
        boolean again = false;
        for (int vote = 0; vote < VOTES; vote++) {
            unit += again ? 0 : 1;
            again = !isSettled(new Span(unit, unit + 1), workers.get(vote % WORKERS));
        }
        return policy;
    }

    private boolean isSettled(Span unit, NodeId worker) {
        if (!policy.mayCompute(worker, unit, List.of())) {
            throw new IllegalStateException("the next worker has not voted");
        }
        List<Verdict> said = policy.vote(new Vote(unit, worker, RIGHT, 0));
        return said.get(said.size() - 1) instanceof Verdict.Accepted;
    }

    public static void main(String[] args) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(VoteBenchmark.class.getSimpleName())
                        .build())
                .run();
    }
}
