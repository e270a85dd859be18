package io.flockwork.worker.runtime;

import io.flockwork.sdk.wasm.Metering;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import run.endive.compiler.InterpreterFallback;
import run.endive.compiler.MachineFactoryCompiler;
import run.endive.runtime.GlobalInstance;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/**
 * What a module does, in words that are the same for every engine: what its functions give, whether they trap, what its memory
 * holds at the end, and how much fuel is left where that is counted.
 */
final class Conduct {
    /** A call: values are a letter for their type and the number, floats as the hexadecimal digits of their bits. */
    record Call(String name, String results, List<String> arguments) {
        private String json() {
            String quoted = arguments.stream().map(one -> '"' + one + '"').collect(Collectors.joining(","));
            return "{\"name\":\"" + name + "\",\"results\":\"" + results + "\",\"args\":[" + quoted + "]}";
        }
    }

    /** A call that went too deep: how deep that is differs among engines, so what follows says nothing. */
    static final String DEEP = "deep";

    private Conduct() {}

    /** The question that {@code v8.mjs} answers. */
    static String question(byte[] module, long fuel, List<Call> calls) {
        return "{\"module\":\"" + Base64.getEncoder().encodeToString(module) + "\",\"fuel\":\"" + fuel
                + "\",\"calls\":[" + calls.stream().map(Call::json).collect(Collectors.joining(",")) + "]}";
    }

    /** What the module does in the engine that units run in. */
    static String here(byte[] bytes, long fuel, List<Call> calls) {
        WasmModule module = Parser.parse(bytes);
        Function<Instance, run.endive.runtime.Machine> machines = MachineFactoryCompiler.builder(module)
                .withInterpreterFallback(InterpreterFallback.SILENT)
                .compile();
        FlatMemory[] memory = new FlatMemory[1];
        Instance instance = Instance.builder(module)
                .withMachineFactory(machines)
                .withMemoryFactory(limits -> memory[0] = new FlatMemory(limits.initialPages(), limits.maximumPages()))
                .withImportValues(
                        ImportValues.builder().addFunction(host(() -> {})).build())
                .withStart(false)
                .build();
        GlobalInstance tank = instance.exports().global(Metering.FUEL);
        tank.setValue(fuel);
        List<String> said = new ArrayList<>();
        for (Call call : calls) {
            said.add(call.name + "=" + call(instance, call));
        }
        said.add(hash(memory[0]));
        said.add("fuel " + tank.getValue());
        return String.join(" ", said);
    }

    /**
     * What the module's work is, counted as it runs in the engine's interpreter; less than 0 when a call does not come to its end, or
     * when the memory at the end is not {@code memory}: in about one random module of a thousand the interpreter of Endive 1.0.0
     * does something else than its compiler and V8, which agree. Seed 38654706714 is one.
     */
    static long work(byte[] original, List<Call> calls, String memory) {
        Tally tally = new Tally();
        FlatMemory[] used = new FlatMemory[1];
        Instance instance = Instance.builder(Parser.parse(original))
                .withMemoryFactory(limits -> used[0] = new FlatMemory(limits.initialPages(), limits.maximumPages()))
                .withImportValues(ImportValues.builder()
                        .addFunction(host(tally::hostCalled))
                        .build())
                .withUnsafeExecutionListener(tally)
                .withStart(false)
                .build();
        for (Call call : calls) {
            String given = call(instance, call);
            if (given.equals(DEEP) || given.equals("trap")) {
                return -1;
            }
        }
        return hash(used[0]).equals(memory) ? tally.units() : -1;
    }

    private static HostFunction host(Runnable called) {
        FunctionType type = FunctionType.of(List.of(ValType.I32, ValType.F64, ValType.F32), List.of(ValType.F64));
        return new HostFunction("env", "host", type, (instance, args) -> {
            called.run();
            double sum = (int) args[0] + Double.longBitsToDouble(args[1]) + Float.intBitsToFloat((int) args[2]);
            return new long[] {Double.doubleToRawLongBits(sum)};
        });
    }

    private static String call(Instance instance, Call call) {
        long[] arguments = call.arguments.stream().mapToLong(Conduct::argument).toArray();
        long[] given;
        try {
            given = instance.export(call.name).apply(arguments);
        } catch (RuntimeException trap) {
            return "call stack exhausted".equals(trap.getMessage()) ? DEEP : "trap";
        }
        List<String> results = new ArrayList<>();
        for (int i = 0; i < call.results.length(); i++) {
            results.add(result(call.results.charAt(i), given[i]));
        }
        return String.join(",", results);
    }

    private static long argument(String text) {
        String value = text.substring(2);
        return text.charAt(0) == 'i' || text.charAt(0) == 'l'
                ? Long.parseLong(value)
                : Long.parseUnsignedLong(value, 16);
    }

    private static String result(char type, long value) {
        return type + ":"
                + switch (type) {
                    case 'i' -> Integer.toString((int) value);
                    case 'l' -> Long.toString(value);
                    case 'f' ->
                        Float.isNaN(Float.intBitsToFloat((int) value)) ? "nan" : Integer.toHexString((int) value);
                    default -> Double.isNaN(Double.longBitsToDouble(value)) ? "nan" : Long.toHexString(value);
                };
    }

    private static String hash(FlatMemory memory) {
        int size = memory.pages() * FlatMemory.PAGE_SIZE;
        int hash = 0;
        for (byte b : memory.readBytes(0, size)) {
            hash = 31 * hash + (b & 0xff);
        }
        return size + "/" + hash;
    }
}
