package io.flockwork.worker.runtime;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.flockwork.sdk.job.JobType;
import io.flockwork.sdk.job.Parameter;
import io.flockwork.sdk.job.Parameters;
import io.flockwork.sdk.job.UnitContext;
import io.flockwork.sdk.model.Recipe;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Does to its runner what its input says: each word here is one way to misbehave. */
public final class MischiefType implements JobType {
    @Override
    public String name() {
        return "mischief";
    }

    @Override
    public String description() {
        return "misbehaves";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public Recipe recipe(Parameters parameters, Optional<Recipe> given) {
        return given.orElseThrow();
    }

    @Override
    public byte[] compute(UnitContext unit) throws Exception {
        String deed = new String(unit.input(), StandardCharsets.UTF_8);
        unit.stderr().print("about to " + deed);
        switch (deed) {
            case "throw" -> throw new IllegalStateException("the sample\nis spoilt");
            case "exit" -> System.exit(9);
            case "halt" -> Runtime.getRuntime().halt(9);
            case "loop deaf" -> loopDeaf();
            case "wait" -> new CountDownLatch(1).await();
            case "recurse" -> recurse(1);
            case "eat" -> eat();
            case "print" -> System.out.println("this must not get among the frames".repeat(1000));
            case "print raw" -> System.err.println("nor this");
            case "interprets large functions" -> {
                return jvmOption("DontCompileHugeMethods");
            }
            case "nothing" -> {
                return null;
            }
            case "too much" -> {
                return new byte[3 << 20];
            }
            default -> {
                return unit.input();
            }
        }
        return new byte[0];
    }

    private static byte[] jvmOption(String name) {
        return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption(name)
                .getValue()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void loopDeaf() {
        for (long i = 1; i != 0; i = Math.max(1, i + 1)) {
            Thread.onSpinWait();
        }
    }

    private static long recurse(long depth) {
        return depth + recurse(depth + 1) % 7;
    }

    private static void eat() {
        List<byte[]> eaten = new ArrayList<>();
        while (eaten.size() < Integer.MAX_VALUE) {
            eaten.add(new byte[1 << 20]);
        }
    }
}
