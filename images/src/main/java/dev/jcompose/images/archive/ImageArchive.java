package dev.jcompose.images.archive;

import dev.jcompose.images.oci.OciJson;
import dev.jcompose.images.oci.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the images in an archive that has been read, whatever wrote it. */
public final class ImageArchive {
    private final OciJson json;
    private final Platform platform;

    /** @param platform what to take of an image that is there for several */
    public ImageArchive(OciJson json, Platform platform) {
        this.json = json;
        this.platform = platform;
    }

    /**
     * The images, in the order of the archive; at least one.
     *
     * @throws ArchiveException if there is none, or something is missing or damaged
     */
    public List<ArchivedImage> images(ArchiveSpool spool) throws IOException {
        DockerArchive docker = new DockerArchive(spool, json);
        boolean isDocker = spool.find(DockerArchive.MANIFEST).isPresent();
        if (OciLayout.isIn(spool)) {
            List<ArchivedImage> images = new OciLayout(spool, json, platform).images();
            return isDocker ? named(images, docker.manifests()) : images;
        }
        if (!isDocker) {
            throw new ArchiveException("not an image archive: it has neither manifest.json (docker save) nor oci-layout"
                    + " and index.json (OCI layout), but " + spool.firstNames());
        }
        List<ArchivedImage> images = docker.images();
        if (images.isEmpty()) {
            throw new ArchiveException("the archive holds no image: its manifest.json is empty");
        }
        return images;
    }

    /** Docker since version 25 writes both forms, and the tags only into the older one. */
    private static List<ArchivedImage> named(List<ArchivedImage> images, List<DockerManifest> manifests) {
        Map<String, List<String>> tags = manifests.stream()
                .collect(Collectors.toMap(DockerManifest::config, DockerManifest::repoTags, OciLayout::both));
        List<ArchivedImage> named = new ArrayList<>();
        for (ArchivedImage image : images) {
            List<String> more = tags.getOrDefault(image.configFile().name(), List.of());
            named.add(more.isEmpty() ? image : image.withNames(more));
        }
        return named;
    }
}
