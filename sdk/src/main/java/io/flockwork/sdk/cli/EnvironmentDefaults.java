package io.flockwork.sdk.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Every option with a default of its own, and a few without, take {@code FLOCKWORK_<OPTION>} instead, where that is set. */
final class EnvironmentDefaults implements IDefaultValueProvider {
    private static final Set<String> WITHOUT = Set.of("--grid", "--quorum", "--epsilon");

    private final Map<String, String> environment;

    EnvironmentDefaults(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)
                || option.defaultValue() == null && !WITHOUT.contains(option.longestName())) {
            return null;
        }
        String name = option.longestName().replaceFirst("^-+", "");
        return environment.get("FLOCKWORK_" + name.replace('-', '_').toUpperCase(Locale.ROOT));
    }
}
