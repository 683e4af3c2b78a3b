package dev.jcompose.model;

import dev.jcompose.model.node.Immutable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Attributes that are valid and printed by {@code config}, but on which jcompose does not act.
 *
 * @param runtime OCI runtime
 * @param isolation Windows only
 * @param credentialSpec Windows only
 * @param storageOpt options of the storage driver
 * @param useApiSocket asks for the engine's socket
 * @param pullRefreshAfter legacy
 * @param emptyExtends the {@code service} and {@code file} of an {@code extends} whose base is empty: the reference
 *     keeps it
 */
public record Unsupported(
        @Nullable String runtime,
        @Nullable String isolation,
        @Nullable CredentialSpec credentialSpec,
        Map<String, String> storageOpt,
        boolean useApiSocket,
        @Nullable String pullRefreshAfter,
        Map<String, String> emptyExtends) {

    public Unsupported {
        storageOpt = Immutable.map(storageOpt);
        emptyExtends = Immutable.map(emptyExtends);
    }

    /** None of them set. */
    public static final Unsupported NONE = new Unsupported(null, null, null, Map.of(), false, null, Map.of());
}
