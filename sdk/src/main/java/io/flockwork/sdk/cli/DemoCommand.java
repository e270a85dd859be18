package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.Grid;
import io.flockwork.sdk.client.JobHandle;
import io.flockwork.sdk.client.JobRequest;
import io.flockwork.sdk.client.JobRequest.Source;
import io.flockwork.sdk.client.JobResult;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code flockwork demo}: a whole grid in separate processes on this machine, two real jobs, and who lied. */
@picocli.CommandLine.Command(
        name = "demo",
        description = "Run a grid on this machine, with a saboteur in it, and check its answers.")
public final class DemoCommand implements Command {
    private static final String PRIMES_MODULE = "/io/flockwork/jobs/wasm/primes.wasm";
    private static final long PRIMES_BELOW = 1_000_000_000;
    /** Small units make many votes, and so many chances to catch a saboteur. */
    private static final long PRIMES_PER_UNIT = 4_000_000;
    /** π(10^9), OEIS A006880. */
    private static final String HOW_MANY_PRIMES = "50847534";

    @Spec
    private CommandSpec command;

    @Mixin
    private DemoOptions options;

    private PrintStream out;
    private Path launcher;
    private boolean right = true;
    private boolean answered;
    private boolean caught;

    @Override
    public Integer call() throws Exception {
        Main main = Main.of(command);
        out = main.console().out();
        launcher = options.launcher();
        out.printf("starting a coordinator and %d workers%s ...%n", options.workers(), options.saboteurNote());
        out.flush();
        DemoGrid demo = new DemoGrid(launcher);
        OnInterrupt hook = new OnInterrupt(demo::close);
        try (demo) {
            demo.start(command.root().commandLine(), options.workers(), options.saboteurs());
            try (Grid grid = demo.connect(main::connect, options.workers())) {
                out.printf(Locale.ROOT, "all are there after %.1f s%n", demo.seconds());
                play(grid, demo, main.console());
                if (options.keep()) {
                    keepUp(demo);
                }
            }
        } finally {
            hook.close();
        }
        return right ? 0 : Troubles.FAILED;
    }

    private void play(Grid grid, DemoGrid demo, Console console) throws IOException {
        DemoTexts texts = DemoTexts.onThisMachine(launcher.getParent());
        out.printf(
                "%njob 1: wordcount, the words of %d texts found here%n",
                texts.files().size());
        JobRequest wordcount = JobRequest.type("wordcount", Map.of()).over(new Source.Each(texts.files()));
        byte[] words = run(grid, wordcount, demo, console);
        verdict(Arrays.equals(words, texts.counted()), "the same counts as a plain count in this process", demo);
        out.println("  " + firstWords(words));

        out.printf(Locale.ROOT, "%njob 2: a C program, the primes below %,d%n", PRIMES_BELOW);
        JobRequest primes = JobRequest.wasm(module(demo), List.of(), new Source.Range(0, PRIMES_BELOW, PRIMES_PER_UNIT))
                .combinedBy("sum")
                .named("primes in C");
        String count = new String(run(grid, primes, demo, console), StandardCharsets.US_ASCII).strip();
        verdict(count.equals(HOW_MANY_PRIMES), count + " primes; the books say " + HOW_MANY_PRIMES, demo);
        if (options.saboteurs() > 0 && !caught) {
            out.println("nobody was caught: no wrong answer was among this run's votes");
        }
        out.flush();
    }

    /** Runs one job to its end and tells of its votes; returns its combined result. */
    private byte[] run(Grid grid, JobRequest request, DemoGrid demo, Console console) throws IOException {
        out.flush();
        JobHandle job = grid.submit(request);
        JobResult result;
        ProgressDisplay display = ProgressDisplay.forPeople(console);
        OnInterrupt hook = new OnInterrupt(display::close);
        try (display) {
            result = Following.ended(job, display);
        } finally {
            hook.close();
        }
        if (result.record().state() != JobState.DONE) {
            String why = result.record().outcome().map(Outcome::failure).orElse("no reason given");
            throw new DemoTrouble("the job failed: " + why, demo.lastLines());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream combined = result.combined().orElseThrow()) {
            combined.transferTo(bytes);
        }
        job.status().progress().ifPresent(this::tellOfVotes);
        return bytes.toByteArray();
    }

    private void tellOfVotes(JobProgress progress) {
        out.printf("  %d units accepted on %d votes%n", progress.unitsAccepted(), progress.votes());
        for (JobProgress.WorkerShare share : progress.workers()) {
            if (share.outvoted() > 0) {
                caught = true;
                out.printf(
                        "  caught: %s gave %d wrong %s out of %d; others, or the referee, proved it%n",
                        share.name(), share.outvoted(), share.outvoted() == 1 ? "answer" : "answers", share.votes());
            }
        }
    }

    private void verdict(boolean isRight, String what, DemoGrid demo) {
        right &= isRight;
        out.println((isRight ? "  right: " : "  WRONG: ") + what);
        if (!answered) {
            answered = true;
            out.printf(Locale.ROOT, "  first verified answer %.1f s after the processes' start%n", demo.seconds());
        }
        out.flush();
    }

    private static String firstWords(byte[] counts) {
        List<String> lines = new String(counts, StandardCharsets.UTF_8)
                .lines()
                .limit(5)
                .map(line -> line.replace("\t", " "))
                .toList();
        return "the most frequent: " + String.join(", ", lines);
    }

    private static Path module(DemoGrid demo) throws IOException {
        Path file = demo.folder().resolve("primes.wasm");
        try (InputStream in = DemoCommand.class.getResourceAsStream(PRIMES_MODULE)) {
            if (in == null) {
                throw new IOException("the C example is not on the class path: " + PRIMES_MODULE);
            }
            Files.copy(in, file);
        }
        return file;
    }

    private void keepUp(DemoGrid demo) throws InterruptedException {
        out.printf(
                "%nThe grid stays up until Ctrl-C. In another terminal:%n"
                        + "  export FLOCKWORK_HOME=%s%n"
                        + "  %s workers%n"
                        + "  %s submit primes from=0 to=10^9 --wait%n"
                        + "The processes' logs are in %s%n",
                quoted(demo.folder()), quoted(launcher), quoted(launcher), demo.folder());
        out.flush();
        new CountDownLatch(1).await();
    }

    /** For a shell. */
    private static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[\\w/.@%+=:,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
