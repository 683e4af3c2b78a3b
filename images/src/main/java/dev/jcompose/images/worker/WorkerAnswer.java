package dev.jcompose.images.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.registry.RegistryException;
import dev.jcompose.images.transfer.TransferEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line from the worker: a step, or how an operation ended.
 *
 * @param id of the operation
 * @param event a step; null in the last line
 * @param result null unless it succeeded
 * @param error null unless it failed; for the user
 * @param kind of a registry's error; null for another one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record WorkerAnswer(
        long id,
        @Nullable TransferEvent event,
        @Nullable Result result,
        @Nullable String error,
        RegistryException.@Nullable Kind kind) {

    /**
     * What came out.
     *
     * @param digest of the manifest, for a pull, a push and a resolution
     * @param names that the image gets here
     * @param repoDigest what the registry calls it
     * @param file that keeps a login
     * @param there whether there was a login to forget
     * @param loaded for a load
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Result(
            @Nullable Digest digest,
            @Nullable List<String> names,
            @Nullable String repoDigest,
            @Nullable String file,
            boolean there,
            @Nullable List<Loaded> loaded) {
        static Result of(Digest digest) {
            return new Result(digest, null, null, null, false, null);
        }
    }

    /** An image of an archive. */
    record Loaded(Digest manifest, List<String> names) {}

    static WorkerAnswer step(long id, TransferEvent event) {
        return new WorkerAnswer(id, event, null, null, null);
    }

    static WorkerAnswer done(long id, Result result) {
        return new WorkerAnswer(id, null, result, null, null);
    }

    static WorkerAnswer failed(long id, Exception e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return new WorkerAnswer(
                id, null, null, message, e instanceof RegistryException registry ? registry.kind() : null);
    }
}
