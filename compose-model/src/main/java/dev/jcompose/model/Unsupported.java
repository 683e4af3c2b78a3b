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
 */
public record Unsupported(
        @Nullable String runtime,
        @Nullable String isolation,
        @Nullable CredentialSpec credentialSpec,
        Map<String, String> storageOpt,
        boolean useApiSocket,
        @Nullable String pullRefreshAfter) {

    public Unsupported {
        storageOpt = Immutable.map(storageOpt);
    }

    /** None of them set. */
    public static final Unsupported NONE = new Unsupported(null, null, null, Map.of(), false, null);
}
