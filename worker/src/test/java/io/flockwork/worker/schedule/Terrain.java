package io.flockwork.worker.schedule;

import io.flockwork.sdk.model.Span;

/** What the indices of a simulated range cost. */
enum Terrain {
    /** Every index costs 1. */
    FLAT {
        @Override
        double costBelow(double x, double indices) {
            return x;
        }
    },
    /** Index i costs 2i/n: nothing at the start, twice the mean at the end. */
    RISING {
        @Override
        double costBelow(double x, double indices) {
            return x * x / indices;
        }
    };

    /** Cost of the indices from 0 to {@code x} in a range of {@code indices}, which costs that many in all. */
    abstract double costBelow(double x, double indices);

    double cost(Span unit, long indices) {
        return costBelow(unit.to(), indices) - costBelow(unit.from(), indices);
    }
}
