package io.flockwork.sdk.wasm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the rewritten module has what the rewriter adds. All of it comes after what the module had, so that no number
 * changes but those of the imported functions, each of which has a gate: a function that pays for the call.
 */
final class Layout {
    private final Shape shape;
    private final List<Signature> types;
    private final Map<Signature, Integer> typeNumbers = new HashMap<>();
    private final List<Integer> guarded = new ArrayList<>();
    private final Map<Integer, Integer> guards = new HashMap<>();

    Layout(Shape shape) {
        this.shape = shape;
        this.types = new ArrayList<>(shape.types);
        for (int type = 0; type < types.size(); type++) {
            typeNumbers.putIfAbsent(types.get(type), type);
        }
        for (Exported export : shape.exports) {
            if (export.kind() == Exported.FUNCTION && needsGuard(export.index())) {
                guard(export.index());
            }
        }
    }

    private boolean needsGuard(int function) {
        return function >= shape.importedFunctions
                && shape.functions.get(function).givesFloats()
                && !guards.containsKey(function);
    }

    private void guard(int function) {
        guards.put(function, shape.functions.size() + shape.importedFunctions + guarded.size());
        guarded.add(function);
    }

    /** The global that says how much fuel is left. */
    int fuel() {
        return shape.globals;
    }

    /** What to call for this function: for an imported one, its gate. */
    int target(int function) {
        return function < shape.importedFunctions ? shape.functions.size() + function : function;
    }

    /** What to export for this function: one that gives floats has a guard, which makes their NaNs canonical. */
    int exported(int function) {
        return guards.getOrDefault(function, target(function));
    }

    /** The functions that have a guard, in the order of their guards. */
    List<Integer> guarded() {
        return guarded;
    }

    /** The types that there are by now. */
    List<Signature> types() {
        return types;
    }

    /** The number of this type, which is added when there is none such. */
    int typeOf(Signature signature) {
        return typeNumbers.computeIfAbsent(signature, added -> {
            types.add(added);
            return types.size() - 1;
        });
    }
}
