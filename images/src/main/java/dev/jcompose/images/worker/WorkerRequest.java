package dev.jcompose.images.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.Platform;
import dev.jcompose.images.registry.Credentials;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line to the worker.
 *
 * @param id of the operation; the answers have it too
 * @param operation what to do
 * @param workspace a directory on the store's file system for what is being made
 * @param reference of the image, or the registry's name
 * @param platform for {@code PULL}
 * @param manifest for {@code PUSH}: what to push
 * @param elsewhere for {@code PUSH}: repositories that may have a blob
 * @param blob for {@code BLOB}
 * @param archive for {@code LOAD}: a pipe to read the archive from
 * @param keep for {@code LOGIN}
 * @param environment of the caller
 * @param credentials of the caller; null for the login that is kept
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record WorkerRequest(
        long id,
        Operation operation,
        @Nullable String workspace,
        @Nullable String reference,
        @Nullable Platform platform,
        @Nullable Digest manifest,
        @Nullable Map<String, List<String>> elsewhere,
        @Nullable Descriptor blob,
        @Nullable String archive,
        boolean keep,
        @Nullable Map<String, String> environment,
        @Nullable Credentials credentials) {

    /** What a worker can do. */
    enum Operation {
        PULL,
        PUSH,
        /** Manifest and configuration of what is no image. */
        ARTIFACT,
        /** A blob of it. */
        BLOB,
        RESOLVE,
        LOGIN,
        LOGOUT,
        LOAD,
        /** Ends the operation of this id. */
        CANCEL
    }

    static RequestDraft to(Operation operation) {
        return new RequestDraft(operation);
    }
}
