package io.flockwork.worker.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A valid module at random, whose functions use all that compilers emit and always end: each turn of a loop takes from a budget.
 */
final class RandomModule {
    private static final int MOST_FUNCTIONS = 5;
    private static final int BUDGET = 2_000;
    private static final String VALUES = "ilfd";
    private static final int TABLE = 8;

    private final Random random;
    private final boolean tidy;
    private final ModuleBuilder module = new ModuleBuilder();
    private final List<RandomCode.Callee> callees = new ArrayList<>();
    private final List<Conduct.Call> calls = new ArrayList<>();

    /**
     * @param tidy true when the module itself makes NaNs canonical before their bits can be seen, so that it does the same in
     *     every engine before it is rewritten, too
     */
    RandomModule(long seed, boolean tidy) {
        this.random = new Random(seed);
        this.tidy = tidy;
        int host = module.importFunction("env", "host", module.type("idf", "d"));
        callees.add(new RandomCode.Callee(host, module.type("idf", "d"), "idf", "d"));
        module.memory(1, 3);
        module.table(2 * TABLE, 3 * TABLE);
        module.global('i', Bytes.of(0x41).s(BUDGET));
        module.global('l', Bytes.of(0x42).s(random.nextLong()));
        module.global('f', Bytes.of(0x43).f32(RandomCode.floatBits(random)));
        module.global('d', Bytes.of(0x44).f64(RandomCode.doubleBits(random)));
        int functions = 1 + random.nextInt(MOST_FUNCTIONS);
        for (int i = 0; i < functions; i++) {
            addFunction(i);
        }
        addSegments();
        module.export("memory", 2, 0);
    }

    private void addFunction(int number) {
        String parameters = types(3);
        String results = types(2);
        int type = module.type(parameters, results);
        RandomCode code = new RandomCode(random, tidy, module, List.copyOf(callees), parameters, results);
        int index = module.function(type, code.addedLocals(), code.body());
        callees.add(new RandomCode.Callee(index, type, parameters, results));
        module.export("f" + number, 0, index);
        calls.add(new Conduct.Call("f" + number, results, arguments(parameters)));
    }

    private String types(int most) {
        StringBuilder types = new StringBuilder();
        for (int left = random.nextInt(most + 1); left > 0; left--) {
            types.append(VALUES.charAt(random.nextInt(VALUES.length())));
        }
        return types.toString();
    }

    private List<String> arguments(String parameters) {
        List<String> arguments = new ArrayList<>();
        for (char type : parameters.toCharArray()) {
            arguments.add(type + ":"
                    + switch (type) {
                        case 'i' -> Integer.toString(RandomCode.integer(random));
                        case 'l' -> Long.toString(random.nextLong() >> random.nextInt(64));
                        case 'f' -> Integer.toHexString(Float.floatToIntBits(random.nextFloat() * 100));
                        default -> Long.toHexString(Double.doubleToLongBits(random.nextGaussian() * 1e6));
                    });
        }
        return arguments;
    }

    private void addSegments() {
        module.element(Bytes.of(0, 0x41, 0, 0x0b).add(functionList(TABLE - 1)));
        module.element(Bytes.of(1, 0).add(functionList(TABLE / 2)));
        Bytes text = new Bytes();
        for (int i = 0; i < 64; i++) {
            text.op(random.nextInt(4) == 0 ? 0xff : random.nextInt(256));
        }
        module.data(Bytes.of(0, 0x41, 0, 0x0b).sized(text));
        module.data(Bytes.of(1).sized(text));
    }

    private Bytes functionList(int count) {
        Bytes list = new Bytes().u(count);
        for (int i = 0; i < count; i++) {
            list.u(callees.get(i < callees.size() ? i : random.nextInt(callees.size()))
                    .index());
        }
        return list;
    }

    byte[] bytes() {
        return module.build();
    }

    /** Each of its functions once. */
    List<Conduct.Call> calls() {
        return calls;
    }
}
