package io.flockwork.sdk.cli;

import java.util.concurrent.Callable;

/**
 * One {@code flockwork} command: a picocli {@code @Command} class with a public constructor without parameters, named in
 * {@code META-INF/services/io.flockwork.sdk.cli.Command} of the module that brings it. {@link #call} returns the exit
 * code: 0 done, 1 failed, 2 wrong usage, 3 the job failed.
 */
public interface Command extends Callable<Integer> {}
