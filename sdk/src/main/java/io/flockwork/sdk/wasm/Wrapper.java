package io.flockwork.sdk.wasm;

import java.util.List;

/** A function of the rewriter's own that calls another one. */
final class Wrapper {
    private final Layout layout;

    Wrapper(Layout layout) {
        this.layout = layout;
    }

    /** What stands before an imported function: it pays for the call, and shows the host no NaN but the canonical one. */
    ByteSink gate(int function, Signature signature) {
        return body(function, signature, true);
    }

    /** What stands before an exported function: it shows the host no NaN but the canonical one. */
    ByteSink guard(int function, Signature signature) {
        return body(function, signature, false);
    }

    private ByteSink body(int function, Signature signature, boolean pays) {
        List<Integer> parameters = signature.parameters();
        List<Integer> results = signature.results();
        Locals locals = new Locals(parameters.size());
        results.forEach(type -> locals.add(1, type));
        ByteSink code = new ByteSink();
        if (pays) {
            Meter meter = new Meter(layout.fuel(), locals);
            meter.enter(code, false);
            meter.pay(code, Costs.HOST_CALL, true);
            meter.save(code);
        }
        get(code, parameters, 0);
        code.u8(Op.CALL).u32(function);
        for (int i = results.size() - 1; i >= 0; i--) {
            code.u8(Op.LOCAL_SET).u32(parameters.size() + i);
        }
        get(code, results, parameters.size());
        ByteSink whole = new ByteSink();
        locals.write(whole);
        return whole.append(code).u8(Op.END);
    }

    private static void get(ByteSink code, List<Integer> types, int first) {
        for (int i = 0; i < types.size(); i++) {
            if (ValueType.isFloat(types.get(i))) {
                Nans.getClean(code, types.get(i), first + i);
            } else {
                code.u8(Op.LOCAL_GET).u32(first + i);
            }
        }
    }
}
