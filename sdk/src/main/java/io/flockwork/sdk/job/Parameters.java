package io.flockwork.sdk.job;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A job's parameters: each one known to its type, defaults filled in. Immutable. */
public final class Parameters {
    private static final int LONGEST_VALUE = 4096;

    private final Map<String, String> values;

    private Parameters(Map<String, String> values) {
        this.values = values;
    }

    /**
     * The parameters of a job of {@code type}.
     *
     * @throws IllegalArgumentException with one sentence when one is unknown, missing or too long
     */
    public static Parameters of(JobType type, Map<String, String> given) {
        List<Parameter> known = type.parameters();
        Map<String, String> values = new LinkedHashMap<>();
        for (Parameter parameter : known) {
            String value =
                    given.getOrDefault(parameter.name(), parameter.byDefault().orElse(null));
            if (value == null) {
                throw new IllegalArgumentException(
                        type.name() + " needs " + parameter.name() + "= (" + parameter.description() + ")");
            }
            if (value.length() > LONGEST_VALUE) {
                throw new IllegalArgumentException(parameter.name() + "= is longer than " + LONGEST_VALUE);
            }
            values.put(parameter.name(), value);
        }
        for (String name : given.keySet()) {
            if (!values.containsKey(name)) {
                String names =
                        String.join(", ", known.stream().map(Parameter::name).toList());
                throw new IllegalArgumentException(type.name() + " has no parameter '" + name + "'"
                        + (names.isEmpty() ? "; it has none" : "; it has " + names));
            }
        }
        return new Parameters(values);
    }

    /** The value as text. */
    public String text(String name) {
        return values.get(name);
    }

    /** The value as a whole number from {@code least} to {@code most}; {@code 10^9} and {@code 1e9} are understood. */
    public long whole(String name, long least, long most) {
        long value;
        try {
            value = new BigDecimal(text(name).replace("10^", "1e").replace("_", "")).longValueExact();
        } catch (ArithmeticException | NumberFormatException notWhole) {
            throw new IllegalArgumentException(name + "=" + text(name) + " is not a whole number", notWhole);
        }
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + "=" + text(name) + " is not from " + least + " to " + most);
        }
        return value;
    }

    /** The value as a finite floating-point number. */
    public double real(String name) {
        try {
            double value = Double.parseDouble(text(name));
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(name + "=" + text(name) + " is not a number", notANumber);
        }
        throw new IllegalArgumentException(name + "=" + text(name) + " is not a finite number");
    }
}
