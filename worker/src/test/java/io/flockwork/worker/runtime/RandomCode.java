package io.flockwork.worker.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** The body of a random function: typed, so that it is valid whatever comes up. */
final class RandomCode {
    /** A function that may be called. */
    record Callee(int index, int type, String parameters, String results) {}

    private static final int BUDGET_GLOBAL = 0;
    private static final String GLOBALS = "ilfd";
    private static final int DEEPEST = 4;
    private static final int LONGEST = 6;

    private final Random random;
    private final boolean tidy;
    private final ModuleBuilder module;
    private final List<Callee> callees;
    private final String locals;
    private final int parameters;
    private final String results;
    private final Bytes code = new Bytes();
    /** What a branch to each open block has to bring, the innermost first. */
    private final Deque<String> labels = new ArrayDeque<>();

    RandomCode(
            Random random,
            boolean tidy,
            ModuleBuilder module,
            List<Callee> callees,
            String parameters,
            String results) {
        this.random = random;
        this.tidy = tidy;
        this.module = module;
        this.callees = callees;
        this.parameters = parameters.length();
        this.locals = parameters + "ilfdilfdfd";
        this.results = results;
    }

    String addedLocals() {
        return locals.substring(parameters);
    }

    Bytes body() {
        labels.push(results);
        statements(0);
        values(results, 1);
        labels.pop();
        return code;
    }

    static int integer(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt();
            case 1 -> random.nextInt(8) - 4;
            case 2 -> 1 << random.nextInt(32);
            default -> random.nextInt(1000);
        };
    }

    static int floatBits(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextInt();
            case 1 -> 0x7f800001 + random.nextInt(0x7ffffe);
            case 2 -> random.nextBoolean() ? 0x80000000 : 0;
            case 3 -> random.nextBoolean() ? 0xff800000 : 0x7f800000;
            default -> Float.floatToRawIntBits((float) random.nextGaussian() * 1000);
        };
    }

    static long doubleBits(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextLong();
            case 1 -> 0x7ff0000000000001L + (random.nextLong() >>> 13);
            case 2 -> random.nextBoolean() ? Long.MIN_VALUE : 0;
            case 3 -> random.nextBoolean() ? 0xfff0000000000000L : 0x7ff0000000000000L;
            default -> Double.doubleToRawLongBits(random.nextGaussian() * 1e6);
        };
    }

    private void values(String types, int depth) {
        types.chars().forEach(type -> value((char) type, depth));
    }

    private void statements(int depth) {
        for (int left = 1 + random.nextInt(LONGEST); left > 0; left--) {
            statement(depth);
        }
    }

    private void statement(int depth) {
        switch (random.nextInt(depth < DEEPEST ? 24 : 14)) {
            case 0, 1, 2 -> setLocal(depth);
            case 3 -> {
                int global = 1 + random.nextInt(GLOBALS.length() - 1);
                value(GLOBALS.charAt(global), depth + 1);
                code.op(0x24).u(global);
            }
            case 4, 5 -> storeInteger(depth);
            case 6 -> storeFloat(depth);
            case 7 -> copyFloat(depth);
            case 8 -> bulk(depth);
            case 9 -> table(depth);
            case 10 -> {
                value(anyType(), depth + 1);
                code.op(0x1a);
            }
            case 11 -> call(depth);
            case 12 -> branchIf(depth);
            case 13 -> code.op(0x01);
            case 14, 15 -> block(depth);
            case 16, 17 -> branches(depth);
            case 18, 19, 20 -> loop(depth);
            case 21 -> branchTable(depth);
            case 22 -> leave(depth);
            default -> callIndirect(depth);
        }
    }

    private char anyType() {
        return GLOBALS.charAt(random.nextInt(GLOBALS.length()));
    }

    private int localOf(char type) {
        int local = random.nextInt(locals.length() - 2);
        while (locals.charAt(local) != type) {
            local = (local + 1) % (locals.length() - 2);
        }
        return local;
    }

    private void setLocal(int depth) {
        char type = anyType();
        value(type, depth + 1);
        if (random.nextInt(4) == 0) {
            code.op(0x22).u(localOf(type)).op(0x1a);
        } else {
            code.op(0x21).u(localOf(type));
        }
    }

    /** An address that is mostly within the memory. */
    private void address(int depth) {
        value('i', depth + 1);
        code.op(0x41).s(random.nextInt(500) == 0 ? 0xfffff : 0x7fff).op(0x71);
    }

    private void memoryOperands() {
        code.u(0).u(random.nextInt(800) == 0 ? random.nextInt(Integer.MAX_VALUE) : random.nextInt(64));
    }

    private void storeInteger(int depth) {
        address(depth);
        int op = pick(0x36, 0x37, 0x3a, 0x3b, 0x3c, 0x3d, 0x3e);
        value(op == 0x36 || op == 0x3a || op == 0x3b ? 'i' : 'l', depth + 1);
        code.op(op);
        memoryOperands();
    }

    private void storeFloat(int depth) {
        address(depth);
        char type = random.nextBoolean() ? 'f' : 'd';
        value(type, depth + 1);
        tidy(type);
        code.op(type == 'f' ? 0x38 : 0x39);
        memoryOperands();
    }

    private void copyFloat(int depth) {
        address(depth);
        address(depth);
        boolean single = random.nextBoolean();
        if (random.nextBoolean()) {
            code.op(single ? 0x2a : 0x2b);
            memoryOperands();
        } else {
            code.op(single ? 0x28 : 0x29);
            memoryOperands();
            code.op(single ? 0xbe : 0xbf);
        }
        code.op(single ? 0x38 : 0x39);
        memoryOperands();
    }

    /** What a module does that does not leave its NaNs to chance. */
    private void tidy(char type) {
        if (!tidy) {
            return;
        }
        int spare = locals.length() - (type == 'f' ? 2 : 1);
        code.op(0x22).u(spare).op(0x20).u(spare).op(0x20).u(spare);
        code.op(type == 'f' ? 0x5c : 0x62, 0x04, 0x40);
        if (type == 'f') {
            code.op(0x43).f32(0x7fc00000);
        } else {
            code.op(0x44).f64(0x7ff8000000000000L);
        }
        code.op(0x21).u(spare).op(0x0b, 0x1a, 0x20).u(spare);
    }

    private void bulk(int depth) {
        int op = pick(0x08, 0x09, 0x0a, 0x0b);
        if (op != 0x09) {
            address(depth);
            if (op == 0x0a) {
                address(depth);
            } else {
                small(depth);
            }
            small(depth);
        }
        code.op(0xfc).u(op);
        switch (op) {
            case 0x08 -> code.op(1, 0);
            case 0x09 -> code.op(random.nextInt(50) == 0 ? 1 : 0);
            case 0x0a -> code.op(0, 0);
            default -> code.op(0);
        }
    }

    private void small(int depth) {
        value('i', depth + 1);
        code.op(0x41).s(random.nextInt(10) == 0 ? 0x7fff : 0x1f).op(0x71);
    }

    private void place(int depth) {
        value('i', depth + 1);
        code.op(0x41).s(random.nextInt(100) == 0 ? 0x1f : 7).op(0x71);
    }

    private void reference() {
        if (random.nextInt(4) == 0) {
            code.op(0xd0, 0x70);
        } else {
            code.op(0xd2)
                    .u(callees.get(random.nextInt(Math.min(callees.size(), 4))).index());
        }
    }

    private void table(int depth) {
        switch (random.nextInt(6)) {
            case 0 -> {
                place(depth);
                reference();
                code.op(0x26, 0);
            }
            case 1 -> {
                place(depth);
                code.op(0x41, 1);
                code.op(0x41, 2);
                code.op(0xfc, 0x0c, 1, 0);
            }
            case 2 -> {
                place(depth);
                place(depth);
                place(depth);
                code.op(0xfc, 0x0e, 0, 0);
            }
            case 3 -> {
                place(depth);
                reference();
                place(depth);
                code.op(0xfc, 0x11, 0);
            }
            case 4 -> code.op(0xfc, 0x0d, random.nextInt(50) == 0 ? 1 : 0);
            default -> {
                reference();
                place(depth);
                code.op(0xfc, 0x0f, 0, 0x1a);
            }
        }
    }

    private void call(int depth) {
        Callee callee = callees.get(random.nextInt(callees.size()));
        values(callee.parameters, depth + 1);
        code.op(0x10).u(callee.index);
        callee.results.chars().forEach(result -> code.op(0x1a));
    }

    private void callIndirect(int depth) {
        int most = Math.min(callees.size(), 4);
        Callee callee = callees.get(random.nextInt(most));
        values(callee.parameters, depth + 1);
        code.op(0x41).s(random.nextInt(40) == 0 ? random.nextInt(20) : callees.indexOf(callee));
        code.op(0x11).u(callee.type).u(0);
        callee.results.chars().forEach(result -> code.op(0x1a));
    }

    private void blockType(String types) {
        if (types.isEmpty()) {
            code.op(0x40);
        } else if (types.length() == 1 && random.nextBoolean()) {
            code.op(ModuleBuilder.typeByte(types.charAt(0)));
        } else {
            code.s(module.type("", types));
        }
    }

    private String someTypes() {
        StringBuilder types = new StringBuilder();
        for (int left = random.nextInt(3); left > 0; left--) {
            types.append(anyType());
        }
        return types.toString();
    }

    private void block(int depth) {
        String types = someTypes();
        code.op(0x02);
        blockType(types);
        inside(types, types, depth);
        take(types);
    }

    private void inside(String label, String types, int depth) {
        labels.push(label);
        statements(depth + 1);
        values(types, depth + 2);
        labels.pop();
        code.op(0x0b);
    }

    private void take(String types) {
        for (int i = types.length() - 1; i >= 0; i--) {
            if (random.nextBoolean()) {
                code.op(0x21).u(localOf(types.charAt(i)));
            } else {
                code.op(0x1a);
            }
        }
    }

    private void branches(int depth) {
        boolean both = random.nextBoolean();
        String types = both ? someTypes() : "";
        value('i', depth + 1);
        code.op(0x04);
        blockType(types);
        labels.push(types);
        statements(depth + 1);
        values(types, depth + 2);
        if (both) {
            code.op(0x05);
            statements(depth + 1);
            values(types, depth + 2);
        }
        labels.pop();
        code.op(0x0b);
        take(types);
    }

    private void loop(int depth) {
        code.op(0x02, 0x40, 0x03, 0x40);
        code.op(0x23, BUDGET_GLOBAL, 0x41, 1, 0x6b, 0x24, BUDGET_GLOBAL);
        code.op(0x23, BUDGET_GLOBAL, 0x41, 0, 0x48, 0x0d, 1);
        labels.push("");
        labels.push("");
        statements(depth + 1);
        value('i', depth + 2);
        code.op(0x0d, 0);
        labels.pop();
        labels.pop();
        code.op(0x0b, 0x0b);
    }

    private int someLabel(String types) {
        List<Integer> fitting = new ArrayList<>();
        int depth = 0;
        for (String label : labels) {
            if (label.equals(types)) {
                fitting.add(depth);
            }
            depth++;
        }
        return fitting.isEmpty() ? -1 : fitting.get(random.nextInt(fitting.size()));
    }

    private void branchIf(int depth) {
        int label = random.nextInt(labels.size());
        String types = new ArrayList<>(labels).get(label);
        values(types, depth + 1);
        value('i', depth + 1);
        code.op(0x0d).u(label);
        take(types);
    }

    private void branchTable(int depth) {
        String types = labels.peek();
        code.op(0x02);
        blockType(types);
        labels.push(types);
        values(types, depth + 1);
        value('i', depth + 1);
        code.op(0x41, 3, 0x71, 0x0e, 2);
        code.u(someLabel(types)).u(someLabel(types)).u(someLabel(types));
        dead(depth);
        labels.pop();
        code.op(0x0b);
        take(types);
    }

    /** What nothing gets to must be valid all the same. */
    private void dead(int depth) {
        if (random.nextBoolean()) {
            statement(depth + 1);
        }
        if (random.nextBoolean()) {
            code.op(0x1a, 0xa0, 0x1a);
        }
    }

    private void leave(int depth) {
        value('i', depth + 1);
        code.op(0x04, 0x40);
        labels.push("");
        if (random.nextInt(60) == 0) {
            code.op(0x00);
        } else if (random.nextBoolean()) {
            values(results, depth + 2);
            code.op(0x0f);
        } else {
            int label = random.nextInt(labels.size());
            values(new ArrayList<>(labels).get(label), depth + 2);
            code.op(0x0c).u(label);
        }
        dead(depth + 1);
        labels.pop();
        code.op(0x0b);
    }

    private int pick(int... ops) {
        return ops[random.nextInt(ops.length)];
    }

    private int between(int first, int last) {
        return first + random.nextInt(last - first + 1);
    }

    private void value(char type, int depth) {
        if (depth >= DEEPEST + 2 || random.nextInt(4) == 0) {
            leaf(type);
        } else if (random.nextInt(12) == 0) {
            compound(type, depth);
        } else {
            switch (type) {
                case 'i' -> i32(depth);
                case 'l' -> i64(depth);
                case 'f' -> f32(depth);
                default -> f64(depth);
            }
        }
    }

    private void leaf(char type) {
        int choice = random.nextInt(6);
        if (choice == 0) {
            constant(type);
        } else if (choice == 1 && type != 'i') {
            code.op(0x23).u(GLOBALS.indexOf(type));
        } else {
            code.op(0x20).u(localOf(type));
        }
    }

    private void constant(char type) {
        switch (type) {
            case 'i' -> code.op(0x41).s(integer(random));
            case 'l' -> code.op(0x42).s(random.nextLong() >> random.nextInt(64));
            case 'f' -> code.op(0x43).f32(floatBits(random));
            default -> code.op(0x44).f64(doubleBits(random));
        }
    }

    /** Values of any type that blocks and choices give. */
    private void compound(char type, int depth) {
        switch (random.nextInt(4)) {
            case 0 -> {
                value(type, depth + 1);
                value(type, depth + 1);
                value('i', depth + 1);
                code.op(0x1b);
            }
            case 1 -> {
                value(type, depth + 1);
                value(type, depth + 1);
                value('i', depth + 1);
                code.op(0x1c, 1, ModuleBuilder.typeByte(type));
            }
            case 2 -> {
                value('i', depth + 1);
                code.op(0x04, ModuleBuilder.typeByte(type));
                labels.push(String.valueOf(type));
                value(type, depth + 1);
                code.op(0x05);
                value(type, depth + 1);
                labels.pop();
                code.op(0x0b);
            }
            default -> {
                code.op(0x02, ModuleBuilder.typeByte(type));
                labels.push(String.valueOf(type));
                value(type, depth + 1);
                value('i', depth + 1);
                code.op(0x0d, 0);
                labels.pop();
                code.op(0x0b);
            }
        }
    }

    private void unary(int op, char of, int depth) {
        value(of, depth + 1);
        code.op(op);
    }

    private void binary(int op, char of, int depth) {
        value(of, depth + 1);
        value(of, depth + 1);
        code.op(op);
    }

    /** Mostly by an odd number, which is not 0. */
    private void divide(int op, char of, int depth) {
        value(of, depth + 1);
        value(of, depth + 1);
        if (random.nextInt(100) != 0) {
            code.op(of == 'i' ? 0x41 : 0x42, 1, of == 'i' ? 0x72 : 0x84);
        }
        code.op(op);
    }

    private void load(int op, int depth) {
        address(depth);
        code.op(op);
        memoryOperands();
    }

    private void i32(int depth) {
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> binary(between(0x6a, 0x6c), 'i', depth);
            case 3 -> divide(between(0x6d, 0x70), 'i', depth);
            case 4, 5 -> binary(between(0x71, 0x78), 'i', depth);
            case 6 -> unary(pick(0x45, 0x67, 0x68, 0x69, 0xc0, 0xc1), 'i', depth);
            case 7 -> binary(between(0x46, 0x4f), 'i', depth);
            case 8 -> binary(between(0x51, 0x5a), 'l', depth);
            case 9 -> binary(between(0x5b, 0x60), 'f', depth);
            case 10 -> binary(between(0x61, 0x66), 'd', depth);
            case 11 -> load(pick(0x28, 0x2c, 0x2d, 0x2e, 0x2f), depth);
            case 12 -> unary(random.nextBoolean() ? 0xa7 : 0x50, 'l', depth);
            case 13 -> truncated('i', depth);
            case 14 -> seen('f', depth);
            default -> sizes(depth);
        }
    }

    private void sizes(int depth) {
        switch (random.nextInt(5)) {
            case 0 -> code.op(0x3f, 0);
            case 1 -> {
                code.op(0x41).s(random.nextInt(3));
                code.op(0x40, 0);
            }
            case 2 -> code.op(0xfc, 0x10, 0);
            case 3 -> {
                place(depth);
                code.op(0x25, 0, 0xd1);
            }
            default -> {
                reference();
                code.op(0xd1);
            }
        }
    }

    private void i64(int depth) {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> binary(between(0x7c, 0x7e), 'l', depth);
            case 3 -> divide(between(0x7f, 0x82), 'l', depth);
            case 4, 5 -> binary(between(0x83, 0x8a), 'l', depth);
            case 6 -> unary(pick(0x79, 0x7a, 0x7b, 0xc2, 0xc3, 0xc4), 'l', depth);
            case 7, 8 -> load(pick(0x29, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35), depth);
            case 9 -> unary(between(0xac, 0xad), 'i', depth);
            case 10 -> truncated('l', depth);
            default -> seen('d', depth);
        }
    }

    private void truncated(char type, int depth) {
        char from = random.nextBoolean() ? 'f' : 'd';
        value(from, depth + 1);
        int variant = (from == 'f' ? 0 : 2) + random.nextInt(2);
        if (random.nextInt(60) == 0) {
            code.op((type == 'i' ? 0xa8 : 0xae) + variant);
        } else {
            code.op(0xfc, (type == 'i' ? 0 : 4) + variant);
        }
    }

    /** The bits of a float. */
    private void seen(char type, int depth) {
        if (random.nextBoolean()) {
            load(type == 'f' ? 0x2a : 0x2b, depth);
        } else {
            value(type, depth + 1);
            tidy(type);
        }
        code.op(type == 'f' ? 0xbc : 0xbd);
    }

    private void f32(int depth) {
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> binary(between(0x92, 0x97), 'f', depth);
            case 4 -> unary(between(0x8b, 0x91), 'f', depth);
            case 5 -> copySign('f', 0x98, depth);
            case 6 -> unary(0xb6, 'd', depth);
            case 7 -> unary(random.nextBoolean() ? between(0xb2, 0xb3) : 0xbe, 'i', depth);
            case 8 -> unary(between(0xb4, 0xb5), 'l', depth);
            default -> load(0x2a, depth);
        }
    }

    private void f64(int depth) {
        switch (random.nextInt(11)) {
            case 0, 1, 2, 3 -> binary(between(0xa0, 0xa5), 'd', depth);
            case 4 -> unary(between(0x99, 0x9f), 'd', depth);
            case 5 -> copySign('d', 0xa6, depth);
            case 6 -> unary(0xbb, 'f', depth);
            case 7 -> unary(between(0xb7, 0xb8), 'i', depth);
            case 8 -> unary(random.nextBoolean() ? between(0xb9, 0xba) : 0xbf, 'l', depth);
            case 9 -> load(0x2b, depth);
            default -> {
                values("idf", depth + 1);
                code.op(0x10, 0);
            }
        }
    }

    private void copySign(char type, int op, int depth) {
        value(type, depth + 1);
        value(type, depth + 1);
        tidy(type);
        code.op(op);
    }
}
