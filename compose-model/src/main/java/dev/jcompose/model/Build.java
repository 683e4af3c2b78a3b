package dev.jcompose.model;

import dev.jcompose.model.node.Immutable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the image of a service is built.
 *
 * @param context absolute directory, or a URL
 * @param dockerfile relative to the context
 * @param dockerfileInline the Dockerfile's text
 * @param args build arguments
 * @param ssh SSH agents and keys
 * @param labels labels of the image
 * @param cacheFrom caches to read
 * @param cacheTo caches to write
 * @param noCache true: no cache is used
 * @param noCacheFilter stages without cache
 * @param additionalContexts named contexts: directory, URL, image or {@code service:x}
 * @param pull true: base images are always pulled
 * @param extraHosts host name to addresses
 * @param isolation Windows only
 * @param network network during the build
 * @param target stage to build
 * @param secrets secrets during the build
 * @param shmSize bytes of {@code /dev/shm}, 0 for the default
 * @param tags further tags
 * @param ulimits limits during the build
 * @param platforms {@code os/arch}
 * @param privileged true: with all capabilities
 * @param entitlements further privileges
 * @param provenance attestation
 * @param sbom attestation
 * @param extensions {@code x-*} keys, as plain values
 */
public record Build(
        @Nullable String context,
        @Nullable String dockerfile,
        @Nullable String dockerfileInline,
        Map<String, @Nullable String> args,
        List<SshKey> ssh,
        Map<String, String> labels,
        List<String> cacheFrom,
        List<String> cacheTo,
        boolean noCache,
        List<String> noCacheFilter,
        Map<String, String> additionalContexts,
        boolean pull,
        Map<String, List<String>> extraHosts,
        @Nullable String isolation,
        @Nullable String network,
        @Nullable String target,
        List<FileMount> secrets,
        long shmSize,
        List<String> tags,
        Map<String, Ulimit> ulimits,
        List<String> platforms,
        boolean privileged,
        List<String> entitlements,
        @Nullable String provenance,
        @Nullable String sbom,
        Map<String, @Nullable Object> extensions) {

    public Build {
        args = Immutable.map(args);
        ssh = Immutable.list(ssh);
        labels = Immutable.map(labels);
        cacheFrom = Immutable.list(cacheFrom);
        cacheTo = Immutable.list(cacheTo);
        noCacheFilter = Immutable.list(noCacheFilter);
        additionalContexts = Immutable.map(additionalContexts);
        extraHosts = Immutable.map(extraHosts);
        secrets = Immutable.list(secrets);
        tags = Immutable.list(tags);
        ulimits = Immutable.map(ulimits);
        platforms = Immutable.list(platforms);
        entitlements = Immutable.list(entitlements);
        extensions = Immutable.map(extensions);
    }
}
