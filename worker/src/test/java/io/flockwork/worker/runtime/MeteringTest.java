package io.flockwork.worker.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flockwork.sdk.wasm.Metering;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each kind of instruction costs, and where NaNs become canonical, in the engine that units run in. */
class MeteringTest {
    private static final long PLENTY = 1_000_000_000;
    private static final int PAGE_COST = 65_536 / 8;

    /** A module whose one function takes an i32 and gives an i64. */
    private static ModuleBuilder module(Bytes code) {
        ModuleBuilder module = new ModuleBuilder();
        int host = module.type("idf", "d");
        module.importFunction("env", "host", host);
        module.memory(1, 3);
        module.table(4, 8);
        module.export("memory", 2, 0);
        module.element(Bytes.of(0, 0x41, 0, 0x0b).u(2).u(0).u(1));
        module.element(Bytes.of(1, 0).u(2).u(0).u(1));
        module.data(Bytes.of(1).sized(new Bytes().name("some text")));
        int function = module.function(module.type("i", "l"), "idf", code);
        module.export("run", 0, function);
        return module;
    }

    private static String conduct(byte[] metered, int argument, long fuel) {
        Conduct.Call call = new Conduct.Call("run", "l", List.of("i:" + argument));
        return Conduct.here(metered, fuel, List.of(call));
    }

    private static long cost(Bytes code, int argument) {
        String conduct = conduct(Metering.rewrite(module(code).build()), argument, PLENTY);
        return PLENTY - Long.parseLong(conduct.substring(conduct.lastIndexOf(' ') + 1));
    }

    private static String result(Bytes code, int argument) {
        String conduct = conduct(Metering.rewrite(module(code).build()), argument, PLENTY);
        return conduct.substring(0, conduct.indexOf(' '));
    }

    private static Bytes zero(Bytes code) {
        return code.op(0x42, 0);
    }

    @Test
    void instructionsCostOneAndMarksNothing() {
        assertEquals(1, cost(zero(new Bytes()), 0));
        assertEquals(1, cost(zero(Bytes.of(0x01, 0x02, 0x40, 0x0b, 0x03, 0x40, 0x0b)), 0));
        assertEquals(4, cost(Bytes.of(0x20, 0, 0x41, 1, 0x6a, 0xac), 0));
    }

    @ParameterizedTest
    @CsvSource({"1, 6", "0, 4"})
    void onlyTheBranchThatIsTakenCosts(int argument, long cost) {
        Bytes code = Bytes.of(0x20, 0, 0x04, 0x40, 0x41, 1, 0x1a, 0x01, 0x41, 1, 0x1a, 0x05, 0x41, 1, 0x1a, 0x0b);
        assertEquals(cost + 1, cost(zero(code), argument));
    }

    @Test
    void eachTurnOfALoopCosts() {
        // do { argument -= 1 } while (argument != 0)
        Bytes loop = Bytes.of(0x03, 0x40, 0x20, 0, 0x41, 1, 0x6b, 0x22, 0, 0x0d, 0, 0x0b);
        assertEquals(5 + 1, cost(zero(loop), 1));
        assertEquals(
                5 * 1000 + 1, cost(zero(Bytes.of(0x03, 0x40, 0x20, 0, 0x41, 1, 0x6b, 0x22, 0, 0x0d, 0, 0x0b)), 1000));
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "1, 4", "2, 6", "9, 6"})
    void branchesByTableCostOne(int argument, long before) {
        Bytes code = Bytes.of(0x02, 0x40, 0x02, 0x40, 0x02, 0x40, 0x20, 0, 0x0e, 2, 2, 1, 0, 0x0b);
        code.op(0x41, 1, 0x1a, 0x0b, 0x41, 1, 0x1a, 0x0b);
        assertEquals(before + 1, cost(zero(code), argument));
    }

    @Test
    void whatStandsAfterABranchCostsNothing() {
        assertEquals(2, cost(Bytes.of(0x42, 0, 0x0f, 0x41, 1, 0x1a, 0x42, 1), 0));
        assertEquals(2 + 1, cost(zero(Bytes.of(0x02, 0x40, 0x01, 0x20, 0, 0x1a, 0x0c, 0, 0x41, 1, 0x1a, 0x0b)), 0) - 1);
    }

    @Test
    void callsOutOfTheModuleCostAThousand() {
        Bytes code = Bytes.of(0x41, 1, 0x20, 2, 0x20, 3, 0x10, 0, 0x1a);
        assertEquals(5 + 1 + 1_000, cost(zero(code), 0));
        Bytes indirect = Bytes.of(0x41, 1, 0x20, 2, 0x20, 3, 0x41, 0, 0x11, 0, 0, 0x1a);
        assertEquals(6 + 1 + 1_000, cost(zero(indirect), 0));
    }

    private static Bytes callHost() {
        return Bytes.of(0x41, 1, 0x20, 2, 0x20, 3, 0x10, 0, 0x1a);
    }

    /** What a call took is not lost, wherever control goes after it. */
    @ParameterizedTest
    @CsvSource({"1", "10"})
    void callsInLoopsCostEachTime(int turns) {
        Bytes loop = Bytes.of(0x03, 0x40).add(callHost()).op(0x20, 0, 0x41, 1, 0x6b, 0x22, 0, 0x0d, 0, 0x0b);
        assertEquals(turns * (10 + 1_000) + 1, cost(zero(loop), turns));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 2"})
    void callsInBranchesCostWhereTheyAreMade(int argument, long more) {
        Bytes either = Bytes.of(0x20, 0, 0x04, 0x40)
                .add(callHost())
                .op(0x41, 1, 0x1a, 0x05)
                .add(callHost())
                .op(0x0b);
        assertEquals(2 + 5 + more + 1 + 1_000, cost(zero(either), argument));
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "1, 8"})
    void aBranchOutOfTheFunctionTakesItsCallsAlong(int argument, long instructions) {
        Bytes code = callHost().op(0x42, 0, 0x20, 0, 0x0d, 0, 0x1a, 0x42, 0);
        assertEquals(instructions + 1_000, cost(code, argument));
        Bytes table = callHost().op(0x42, 0, 0x20, 0, 0x0e, 1, 0, 0);
        assertEquals(8 + 1_000, cost(table, argument));
        Bytes left = callHost().op(0x42, 0, 0x0f);
        assertEquals(7 + 1_000, cost(left, argument));
    }

    @Test
    void whatIsMovedAfterACallCostsToo() {
        Bytes code = callHost().op(0x41, 0, 0x41, 7, 0x41, 8, 0xfc, 11, 0).add(callHost());
        assertEquals(5 + 4 + 1 + 5 + 1 + 2_000, cost(zero(code), 0));
        Bytes grown = callHost().op(0x41, 1, 0x40, 0, 0x1a).add(callHost());
        assertEquals(5 + 3 + PAGE_COST + 5 + 1 + 2_000, cost(zero(grown), 0));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "7, 0", "8, 1", "65536, 8192"})
    void bytesMovedAtOnceCostAnEighth(int bytes, long cost) {
        assertEquals(5 + cost, cost(zero(Bytes.of(0x41, 0, 0x41, 7, 0x20, 0, 0xfc, 11, 0)), bytes));
        assertEquals(5 + cost, cost(zero(Bytes.of(0x41, 0, 0x41, 0, 0x20, 0, 0xfc, 10, 0, 0)), bytes));
    }

    @Test
    void segmentsAndTablesCostByTheirLength() {
        assertEquals(5 + 1, cost(zero(Bytes.of(0x41, 0, 0x41, 0, 0x20, 0, 0xfc, 8, 0, 0)), 9));
        assertEquals(5 + 2, cost(zero(Bytes.of(0x41, 0, 0x41, 0, 0x20, 0, 0xfc, 12, 1, 0)), 2));
        assertEquals(5 + 3, cost(zero(Bytes.of(0x41, 0, 0x41, 1, 0x20, 0, 0xfc, 14, 0, 0)), 3));
        assertEquals(5 + 4, cost(zero(Bytes.of(0x41, 0, 0xd0, 0x70, 0x20, 0, 0xfc, 17, 0)), 4));
        assertEquals(5 + 2, cost(zero(Bytes.of(0xd0, 0x70, 0x20, 0, 0xfc, 15, 0, 0x1a)), 2));
    }

    @Test
    void memoryCostsWhenItGrows() {
        assertEquals(4 + 2 * PAGE_COST, cost(zero(Bytes.of(0x20, 0, 0x40, 0, 0x1a)), 2));
        assertEquals(4, cost(zero(Bytes.of(0x20, 0, 0x40, 0, 0x1a)), 1000), "it may not grow so far");
    }

    @Test
    void endlessLoopsAndRecursionsEndWhenFuelDoes() {
        byte[] loop = Metering.rewrite(
                module(Bytes.of(0x03, 0x40, 0x0c, 0, 0x0b, 0x00)).build());
        assertEquals("run=trap 65536/0 fuel -1", conduct(loop, 0, 1000));
        byte[] recursion = Metering.rewrite(module(Bytes.of(0x20, 0, 0x10, 1)).build());
        assertEquals("run=trap 65536/0 fuel -2", conduct(recursion, 0, 100));
    }

    @Test
    void memoryThatCannotBePaidForIsNotTouched() {
        Bytes fill = zero(Bytes.of(0x41, 0, 0x41, 7, 0x20, 0, 0xfc, 11, 0));
        byte[] metered = Metering.rewrite(module(fill).build());
        assertEquals("run=trap 65536/0 fuel " + (100 - 5 - 8192), conduct(metered, 65_536, 100));
    }

    /** A NaN that is made of the argument's bits, and used in arithmetic. */
    private static Bytes computedNan() {
        return Bytes.of(0x44)
                .f64(0x7ff0000000000000L)
                .op(0x44)
                .f64(0x7ff0000000000000L)
                .op(0xa1);
    }

    @Test
    void computedNansAreCanonicalInMemory() {
        Bytes code = Bytes.of(0x41, 8).add(computedNan()).op(0x9a, 0x39, 3, 0, 0x41, 8, 0x29, 3, 0);
        assertEquals("run=l:" + 0x7ff8000000000000L, result(code, 0));
        Bytes single = Bytes.of(0x41, 8).add(computedNan()).op(0xb6, 0x8c, 0x38, 2, 0, 0x41, 8, 0x35, 2, 0);
        assertEquals("run=l:" + 0x7fc00000L, result(single, 0));
    }

    @Test
    void computedNansAreCanonicalAsIntegers() {
        assertEquals("run=l:" + 0x7ff8000000000000L, result(computedNan().op(0x9a, 0xbd), 0));
        assertEquals("run=l:" + 0x7fc00000L, result(computedNan().op(0xb6, 0x8c, 0xbc, 0xad), 0));
    }

    @Test
    void theSignOfANanIsNoNews() {
        Bytes code = Bytes.of(0x44)
                .f64(Double.doubleToLongBits(1))
                .add(computedNan())
                .op(0x9a, 0xa6, 0xbd);
        assertEquals("run=l:" + Double.doubleToLongBits(1), result(code, 0));
    }

    @Test
    void copiedDataKeepTheBitsOfTheirNans() {
        long odd = 0xfff0000000001234L;
        Bytes code = Bytes.of(0x41, 8, 0x42).s(odd).op(0x37, 3, 0);
        code.op(0x41, 16, 0x41, 8, 0x2b, 3, 0, 0x39, 3, 0, 0x41, 16, 0x29, 3, 0);
        assertEquals("run=l:" + odd, result(code, 0));
        assertEquals(
                "run=l:" + odd, result(Bytes.of(0x41, 8, 0x42).s(odd).op(0x37, 3, 0, 0x41, 8, 0x2b, 3, 0, 0xbd), 0));
    }

    @ParameterizedTest
    @CsvSource({
        "-9223371487098961921, 5f000000",
        "-1, 5f800000",
        "-9223371487098961919, 5f000001",
        "9223372036854775807, 5f000000",
    })
    void largeUnsignedIntegersAreRoundedToTheNearestFloat(long integer, String bits) {
        Bytes code = Bytes.of(0x42).s(integer).op(0xb5, 0xbc, 0xad);
        assertEquals("run=l:" + Long.parseLong(bits, 16), result(code, 0));
    }

    @Test
    void rewritingGivesTheSameBytesEachTime() {
        for (long seed = 0; seed < 50; seed++) {
            byte[] module = new RandomModule(seed, false).bytes();
            assertArrayEquals(Metering.rewrite(module), Metering.rewrite(module.clone()));
        }
    }
}
