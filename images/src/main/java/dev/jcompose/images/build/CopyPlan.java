package dev.jcompose.images.build;

import dev.jcompose.images.build.CommandRunner.Owner;
import dev.jcompose.images.build.cache.CacheKey;
import dev.jcompose.images.build.context.FileHash;
import dev.jcompose.images.build.context.PathPatterns;
import dev.jcompose.images.build.context.SourceTree;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is copied where.
 *
 * @param destination absolute
 * @param intoDirectory whether the destination is a directory whatever is there
 * @param owner null to keep owners
 * @param mode null to keep modes
 * @param unpack whether local archives are unpacked
 * @param unpackRemote whether remote ones are
 */
record CopyPlan(
        List<CopySource> sources,
        String destination,
        boolean intoDirectory,
        @Nullable Owner owner,
        @Nullable ModeChange mode,
        boolean parents,
        PathPatterns exclude,
        boolean unpack,
        boolean unpackRemote) {

    /** Adds all that decides about the layer. Times do not: what is copied again is the same. */
    void addTo(CacheKey key, Linux linux, SourceTree tree) throws IOException {
        key.add(destination)
                .add(String.valueOf(intoDirectory))
                .add(String.valueOf(owner))
                .add(mode == null ? "" : mode.toString())
                .add(parents + " " + unpack + " " + unpackRemote)
                .add(exclude.texts())
                .add(Integer.toString(sources.size()));
        FileHash hash = new FileHash(linux, owner == null);
        for (CopySource source : sources) {
            if (source instanceof CopySource.Inline inline) {
                key.add("inline").add(inline.name()).add(inline.content());
            } else if (source instanceof CopySource.Remote remote) {
                key.add("remote").add(remote.name());
                try (InputStream content = Files.newInputStream(remote.file())) {
                    key.add(Digest.ofStream(content).toString());
                }
            } else if (source instanceof CopySource.Repository repository) {
                key.add("repository");
                try (InputStream content = Files.newInputStream(repository.tar())) {
                    key.add(Digest.ofStream(content).toString());
                }
            } else if (source instanceof CopySource.Tree file) {
                key.add("tree")
                        .add(
                                parents
                                        ? file.file().given() + file.strip()
                                        : file.file().name());
                hash.add(key, tree, file.file());
            }
        }
    }
}
