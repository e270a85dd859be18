package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.GridException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever goes wrong into one sentence and an exit code. */
final class Troubles implements IParameterExceptionHandler, IExecutionExceptionHandler {
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;
    static final int JOB_FAILED = 3;

    private final PrintStream err;
    private final boolean traces;

    Troubles(PrintStream err, boolean traces) {
        this.err = err;
        this.traces = traces;
    }

    /** A converter whose complaint is {@code parser}'s own sentence. */
    static <T> ITypeConverter<T> inOneSentence(Function<String, T> parser) {
        return text -> {
            try {
                return parser.apply(text);
            } catch (IllegalArgumentException bad) {
                throw new TypeConversionException(bad.getMessage());
            }
        };
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        String sentence = wrong.getMessage();
        if (wrong instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            String extra = "'" + unmatched.getUnmatched().get(0) + "'";
            sentence = command.getParent() == null ? "there is no command " + extra : "unexpected argument " + extra;
        }
        return wrongUsage(plain(sentence), wrong, command);
    }

    /** The parser's sentence without what only its programmer cares about. */
    private static String plain(String sentence) {
        return sentence.replaceFirst("^Error: ", "")
                .replaceFirst("^Unknown subcommand ('.*')\\.$", "there is no command $1")
                .replaceFirst("positional parameter at index [0-9.*]+ \\((.*?)\\)", "$1")
                .replaceFirst(" is not an? (int|long)$", " is not a whole number");
    }

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
        Throwable cause = unwrapped(thrown);
        if (cause instanceof GridException refused && refused.kind() == GridException.Kind.BAD_REQUEST) {
            tell(cause);
            return WRONG_USAGE;
        }
        return cause instanceof IllegalArgumentException ? wrongUsage(sentence(cause), cause, command) : tell(cause);
    }

    /** Says what went wrong; returns the exit code. */
    int tell(Throwable thrown) {
        trace(thrown);
        if (thrown instanceof DemoTrouble trouble) {
            err.println(trouble.logs());
        }
        err.println(oneLine(sentence(thrown)));
        return FAILED;
    }

    /** One line: what was wrong, and where to read how it is right. */
    private int wrongUsage(String sentence, Throwable thrown, CommandLine command) {
        trace(thrown);
        boolean root = command.getParent() == null;
        err.println(oneLine(sentence) + " (try: flockwork help" + (root ? "" : " " + command.getCommandName()) + ")");
        return WRONG_USAGE;
    }

    private void trace(Throwable thrown) {
        if (traces) {
            thrown.printStackTrace(err);
        }
    }

    private static Throwable unwrapped(Throwable thrown) {
        boolean wrapper = thrown instanceof CompletionException || thrown instanceof UncheckedIOException;
        return wrapper && thrown.getCause() != null ? unwrapped(thrown.getCause()) : thrown;
    }

    private static String sentence(Throwable thrown) {
        if (thrown instanceof NoSuchFileException missing) {
            return "there is no file " + missing.getFile();
        }
        if (thrown instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile();
        }
        if (thrown instanceof FileAlreadyExistsException inTheWay) {
            return inTheWay.getFile() + " is in the way: a folder should be there";
        }
        String message = thrown.getMessage();
        boolean speaks = message != null && !message.isBlank();
        boolean forPeople = thrown instanceof GridException
                || thrown instanceof DemoTrouble
                || thrown instanceof IllegalArgumentException
                || thrown instanceof IllegalStateException
                || thrown.getClass() == IOException.class;
        if (speaks && forPeople) {
            return message;
        }
        return thrown.getClass().getSimpleName() + (speaks ? ": " + message : "");
    }

    /** No line break and no control character of somebody else's text reaches the terminal. */
    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ").strip();
    }
}
