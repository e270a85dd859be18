package io.flockwork.sdk.identity;

import io.flockwork.sdk.model.Assurance;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Recipe;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The bytes of a job that are signed. Equal jobs give equal bytes on every machine, whichever version of the messages carries them. */
final class JobStatement {
    private static final String TITLE = "flockwork job 3";

    private final DataOutputStream out;

    private JobStatement(OutputStream out) {
        this.out = new DataOutputStream(out);
    }

    static byte[] of(NodeId grid, JobId job, Code code, Limits limits, String rest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JobStatement statement = new JobStatement(bytes);
        statement.texts(List.of(TITLE, grid.value(), job.value(), rest));
        statement.code(code);
        statement.numbers(
                limits.timeMillis(), limits.memoryBytes(), limits.outputBytes(), limits.tries(), limits.fuel());
        return bytes.toByteArray();
    }

    /** The hash of what workers need not see. */
    static byte[] rest(JobSpec spec) {
        try {
            DigestOutputStream digest =
                    new DigestOutputStream(OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"));
            JobStatement statement = new JobStatement(digest);
            statement.texts(List.of(spec.name(), spec.combine()));
            statement.numbers(spec.priority(), spec.holdMillis());
            statement.assurance(spec.assurance());
            statement.recipe(spec.recipe());
            return digest.getMessageDigest().digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void code(Code code) {
        if (code instanceof Code.Wasm wasm) {
            text("wasm");
            text(wasm.module().hex());
            text(wasm.metered().hex());
            texts(wasm.arguments());
        } else if (code instanceof Code.Java java) {
            text("java");
            text(java.type());
            Map<String, String> sorted = new TreeMap<>(java.parameters());
            numbers(sorted.size());
            sorted.forEach((name, value) -> texts(List.of(name, value)));
        }
    }

    private void assurance(Assurance assurance) {
        text(assurance.getClass().getSimpleName());
        if (assurance instanceof Assurance.Quorum quorum) {
            numbers(quorum.votes());
        } else if (assurance instanceof Assurance.Lottery lottery) {
            numbers(Double.doubleToLongBits(lottery.epsilon()), Double.doubleToLongBits(lottery.q1min()));
        }
    }

    private void recipe(Recipe recipe) {
        text(recipe.getClass().getSimpleName());
        if (recipe instanceof Recipe.Range range) {
            numbers(range.from(), range.to(), range.step());
        } else if (recipe instanceof Recipe.Lines lines) {
            blobs(List.of(lines.text()));
        } else if (recipe instanceof Recipe.Chunks chunks) {
            blobs(List.of(chunks.data()));
            numbers(chunks.size());
        } else if (recipe instanceof Recipe.Each each) {
            blobs(each.files());
        } else if (recipe instanceof Recipe.Listed listed) {
            blobs(List.of(listed.data(), listed.lengths()));
        }
    }

    private void blobs(List<NamedBlob> blobs) {
        numbers(blobs.size());
        for (NamedBlob blob : blobs) {
            texts(List.of(blob.name(), blob.blob().hex()));
            numbers(blob.size());
        }
    }

    private void texts(List<String> texts) {
        numbers(texts.size());
        texts.forEach(this::text);
    }

    private void text(String text) {
        numbers(text.length());
        try {
            // Not in UTF-8, which makes one character of all that are no text.
            out.writeChars(text);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void numbers(long... numbers) {
        try {
            for (long number : numbers) {
                out.writeLong(number);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
