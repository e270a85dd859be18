package io.flockwork.worker.runtime;

import io.flockwork.sdk.wasm.Metering;
import run.endive.runtime.GlobalInstance;
import run.endive.runtime.Instance;

/** The fuel of one unit, which stands in a global of its module. Until it is filled it counts nothing. Confined to one thread. */
final class FuelTank {
    private GlobalInstance left;
    private long filled;

    /** Before the unit starts. */
    void fill(Instance instance, long fuel) {
        left = instance.exports().global(Metering.FUEL);
        left.setValue(fuel);
        filled = fuel;
    }

    /** Takes fuel for work that is done outside the module. The module itself looks whether any is left. */
    void take(long units) {
        if (left != null) {
            left.setValue(left.getValue() - units);
        }
    }

    /** True when more was used than there was. */
    boolean isOverdrawn() {
        return left != null && left.getValue() < 0;
    }

    long used() {
        return left == null ? 0 : filled - left.getValue();
    }
}
