package dev.jcompose.images.build;

import dev.jcompose.images.ImageReference;
import dev.jcompose.images.build.cache.CacheExport;
import dev.jcompose.images.build.cache.CacheLocation;
import dev.jcompose.images.build.dockerfile.Source;
import dev.jcompose.images.oci.Platform;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to build.
 *
 * @param name what the progress calls it, for example the service
 * @param context the directory that files come from
 * @param ignore lines of the {@code .dockerignore} file that applies; empty for none
 * @param args build arguments
 * @param target the stage to build; null for the last
 * @param labels over those of the file
 * @param contexts named contexts
 * @param names what the image is called afterwards
 * @param noCache nothing is taken from the cache
 * @param noCacheStages nothing of these stages is taken from the cache
 * @param cacheFrom caches to read besides the store's own; one that cannot be read is only told
 * @param cacheTo caches to write
 * @param pull base images are looked for in their registries even if they are here
 * @param secrets by id
 * @param sshAgents sockets of agents by id
 * @param platform what the image is for
 * @param sourceDate latest time in the image, and the time that it says it was made; null for now
 * @param environment of the caller: how to get at registries
 * @param run how commands are run
 */
public record BuildSpec(
        String name,
        Path context,
        Source dockerfile,
        List<String> ignore,
        Map<String, String> args,
        @Nullable String target,
        Map<String, String> labels,
        Map<String, NamedContext> contexts,
        List<ImageReference> names,
        boolean noCache,
        Set<String> noCacheStages,
        List<CacheLocation> cacheFrom,
        List<CacheExport> cacheTo,
        boolean pull,
        Map<String, byte[]> secrets,
        Map<String, Path> sshAgents,
        Platform platform,
        @Nullable Instant sourceDate,
        Map<String, String> environment,
        RunSettings run) {

    public BuildSpec {
        ignore = List.copyOf(ignore);
        args = Map.copyOf(args);
        labels = Map.copyOf(labels);
        contexts = Map.copyOf(contexts);
        names = List.copyOf(names);
        noCacheStages = Set.copyOf(noCacheStages);
        cacheFrom = List.copyOf(cacheFrom);
        cacheTo = List.copyOf(cacheTo);
        secrets = Map.copyOf(secrets);
        sshAgents = Map.copyOf(sshAgents);
        environment = Map.copyOf(environment);
    }
}
