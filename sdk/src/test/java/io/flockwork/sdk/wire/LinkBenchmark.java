package io.flockwork.sdk.wire;

import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.identity.TestMembers;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.wire.WorkerMessage.Answer;
import io.flockwork.sdk.wire.WorkerMessage.UnitReport;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;

/** How many unit reports a second go to a core and back over one link, encoded and decoded. A benchmark: run its main. */
final class LinkBenchmark {
    private static final int BATCH = 5_000;
    private static final int BATCHES = 200;

    private LinkBenchmark() {}

    public static void main(String[] arguments) {
        Codec codec = new Codec();
        Semaphore inFlight = new Semaphore(8);
        Link.Listener listener = new Link.Listener() {
            @Override
            public void received(Link link, Message message) {
                inFlight.release();
            }

            @Override
            public void closed(Link link, String why) {
                System.out.println(why);
            }
        };
        try (EchoCore core = EchoCore.echoing();
                Dialer dialer = new Dialer(TestMembers.of(Role.EDGE));
                Link link = Link.open(dialer, core.address(), WorkerMessage.PATH, codec, listener)
                        .join()) {
            for (int round = 0; round < 5; round++) {
                measure(codec, link, inFlight);
            }
        }
    }

    private static void measure(Codec codec, Link link, Semaphore inFlight) {
        List<UnitReport> units = LongStream.range(0, BATCH)
                .mapToObj(i -> new UnitReport(new Span(i, i + 1), new Answer.Inline(new byte[20], new byte[0], 50)))
                .toList();
        Message report = new WorkerMessage.Report(new JobId("job"), units);
        long start = System.nanoTime();
        for (int i = 0; i < BATCHES; i++) {
            inFlight.acquireUninterruptibly();
            link.send(report);
        }
        inFlight.acquireUninterruptibly(8);
        inFlight.release(8);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%,.0f reports/s there and back, %,.0f MB/s each way%n",
                BATCHES * BATCH / seconds, (double) BATCHES * codec.encode(report).length / seconds / 1e6);
    }
}
