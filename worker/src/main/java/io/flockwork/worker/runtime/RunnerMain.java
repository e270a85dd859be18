package io.flockwork.worker.runtime;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The runner: a process that runs units for a worker which it serves over its standard input and output. It ends when its
 * input does, and so never outlives its worker.
 *
 * <p>Arguments: number of slots, bytes of memory for units, the board's file.
 */
final class RunnerMain {
    /** Exit status when the worker closed the pipe. */
    static final int WORKER_GONE = 0;

    /** Exit status when a unit would not stop. */
    static final int UNIT_STUCK = 71;

    /** Exit status when what came over the pipe made no sense. */
    private static final int BROKEN = 70;

    private static final int PIPE_BUFFER = 256 << 10;

    private RunnerMain() {}

    public static void main(String[] args) throws IOException {
        InputStream in = new FileInputStream(FileDescriptor.in);
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        Outbox outbox = new Outbox(out);
        Workshop workshop =
                new Workshop(Integer.parseInt(args[0]), Long.parseLong(args[1]), Board.open(Path.of(args[2])), outbox);
        // What goes wrong until here is still heard.
        silenceStandardStreams();
        workshop.open();
        try {
            serve(new DataInputStream(new BufferedInputStream(in, PIPE_BUFFER)), workshop);
        } catch (EOFException workerGone) {
            Runtime.getRuntime().halt(WORKER_GONE);
        } finally {
            Runtime.getRuntime().halt(BROKEN);
        }
    }

    /** What a unit prints must not get among the frames. */
    private static void silenceStandardStreams() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        System.setIn(InputStream.nullInputStream());
        System.setOut(nowhere);
        System.setErr(nowhere);
    }

    private static void serve(DataInputStream in, Workshop workshop) throws IOException {
        while (true) {
            Message message = Message.read(Frames.read(in));
            if (message instanceof Message.Units units) {
                workshop.add(units);
            } else if (message instanceof Message.Define define) {
                workshop.define(define);
            } else if (message instanceof Message.Forget forget) {
                workshop.forget(forget.number());
            } else if (message instanceof Message.Stop stop) {
                workshop.stop(stop.ids());
            } else if (message instanceof Message.Inspect inspect) {
                workshop.inspect(inspect);
            }
        }
    }
}
