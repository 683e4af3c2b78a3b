package dev.jcompose.model.write;

import dev.jcompose.model.Build;

/** {@code build} as plain values. */
final class BuildTree {
    private BuildTree() {}

    static void write(Build build, Tree tree) {
        tree.text("context", build.context())
                .text("dockerfile", build.dockerfile())
                .text("dockerfile_inline", build.dockerfileInline())
                .list("entitlements", build.entitlements())
                .map("args", build.args())
                .text("provenance", build.provenance())
                .text("sbom", build.sbom())
                .list(
                        "ssh",
                        build.ssh().stream()
                                .map(key -> key.path() == null ? key.id() : key.id() + "=" + key.path())
                                .toList())
                .map("labels", build.labels())
                .list("cache_from", build.cacheFrom())
                .list("cache_to", build.cacheTo())
                .flag("no_cache", build.noCache())
                .list("no_cache_filter", build.noCacheFilter())
                .map("additional_contexts", build.additionalContexts())
                .flag("pull", build.pull())
                .list("extra_hosts", ServiceTree.hosts(build.extraHosts()))
                .text("isolation", build.isolation())
                .text("network", build.network())
                .text("target", build.target())
                .objects("secrets", build.secrets(), ServiceTree::file)
                .bytes("shm_size", build.shmSize())
                .list("tags", build.tags())
                .map("ulimits", ServiceTree.ulimits(build.ulimits()))
                .list("platforms", build.platforms())
                .flag("privileged", build.privileged())
                .extensions(build.extensions());
    }
}
