package dev.jcompose.model.hash;

import dev.jcompose.model.Deploy;
import dev.jcompose.model.Network;
import dev.jcompose.model.Service;
import dev.jcompose.model.Volume;
import dev.jcompose.model.write.JsonWriter;
import dev.jcompose.model.write.ProjectTree;
import dev.jcompose.model.write.SortedTree;
import dev.jcompose.model.write.WriteOptions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The value of the label {@code com.docker.compose.config-hash}: 64 hex digits. It depends on what is said, not on the
 * order in which it is said. Stateless.
 */
public final class ConfigHash {
    private ConfigHash() {}

    /**
     * Of a service without {@code build}, {@code pull_policy}, {@code scale}, {@code deploy.replicas},
     * {@code depends_on} and {@code profiles}: what may change without a new container.
     */
    public static String of(Service service) {
        Service relevant = service.toBuilder()
                .build(null)
                .pullPolicy(null)
                .scale(null)
                .deploy(withoutReplicas(service.deploy()))
                .dependsOn(Map.of())
                .profiles(List.of())
                .build();
        return digest(ProjectTree.of(relevant, WriteOptions.COMPLETE));
    }

    private static @Nullable Deploy withoutReplicas(@Nullable Deploy deploy) {
        return deploy == null
                ? null
                : new Deploy(
                        deploy.mode(),
                        null,
                        deploy.labels(),
                        deploy.updateConfig(),
                        deploy.rollbackConfig(),
                        deploy.resources(),
                        deploy.restartPolicy(),
                        deploy.placement(),
                        deploy.endpointMode(),
                        deploy.extensions());
    }

    /** Of a network. */
    public static String of(Network network) {
        return digest(ProjectTree.of(network, WriteOptions.COMPLETE));
    }

    /** Of a volume. */
    public static String of(Volume volume) {
        return digest(ProjectTree.of(volume, WriteOptions.COMPLETE));
    }

    private static String digest(Object tree) {
        try {
            byte[] text = JsonWriter.compact(SortedTree.of(tree)).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
