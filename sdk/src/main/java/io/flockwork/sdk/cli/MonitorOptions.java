package io.flockwork.sdk.cli;

import io.flockwork.sdk.log.JsonLog;
import io.flockwork.sdk.monitor.MonitorAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a process that runs for long is watched. */
public final class MonitorOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--metrics",
            paramLabel = "[HOST:]PORT",
            defaultValue = Option.NULL_VALUE,
            description = "Serve /metrics, /health and /ready in the clear to programs of this machine (off).")
    private String metrics;

    @Option(
            names = "--log-json",
            arity = "0..1",
            paramLabel = "true|false",
            defaultValue = "false",
            fallbackValue = "true",
            description = "Log one JSON object a line.")
    private boolean logJson;

    /** For the command line. */
    public MonitorOptions() {}

    /** Has the log written as the user wants it. */
    public void applyToLog() {
        if (logJson) {
            JsonLog.turnOn();
        }
    }

    /** Where programs of this machine are to be answered, if anywhere. */
    public Optional<InetSocketAddress> metrics() {
        try {
            return metrics == null ? Optional.empty() : Optional.of(MonitorAddress.parse(metrics));
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command.commandLine(), "--metrics: " + wrong.getMessage(), wrong);
        }
    }
}
