package dev.jcompose.engine.image;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.ImageHistoryStep;
import dev.jcompose.engine.api.ImageSummary;
import dev.jcompose.images.HostImage;
import dev.jcompose.images.Image;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.ImageStore;
import dev.jcompose.images.Layer;
import dev.jcompose.images.Workspace;
import dev.jcompose.images.archive.ArchiveWriter;
import dev.jcompose.images.oci.ImageJson;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is asked about the images of the store. */
public final class ImageCommands {
    private final ImageStore store;
    private final ImageFinder finder;
    private final ImageUsers users;

    public ImageCommands(ImageStore store, ImageUsers users) {
        this.store = store;
        this.finder = new ImageFinder(store);
        this.users = users;
    }

    /** All images. */
    public List<ImageSummary> list() throws IOException {
        List<ImageSummary> summaries = new ArrayList<>();
        for (Image image : store.list()) {
            summaries.add(new ImageSummary(
                    image.id(),
                    image.names().stream().map(Object::toString).toList(),
                    image.repoDigests().stream().map(Object::toString).toList(),
                    image.sizeBytes(),
                    image.created(),
                    image.lastTagged(),
                    image.config().os() + "/" + image.config().architecture(),
                    image.config().labels(),
                    users.of(image).size()));
        }
        return summaries;
    }

    /** An image in Docker's JSON. */
    public String inspect(String text) throws IOException {
        Image image = finder.find(text);
        boolean host = image.names().contains(HostImage.NAME);
        ImageJson document = host
                ? new ImageJson(
                        null,
                        null,
                        image.config().architecture(),
                        null,
                        image.config().os(),
                        new ImageJson.Container(
                                null,
                                null,
                                image.config().env(),
                                null,
                                image.config().cmd(),
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null),
                        null,
                        null)
                : store.document(image);
        return InspectedImage.of(image, document).toString();
    }

    /** How an image was made, the last step first. */
    public List<ImageHistoryStep> history(String text) throws IOException {
        Image image = finder.find(text);
        if (image.names().contains(HostImage.NAME)) {
            return List.of(new ImageHistoryStep(
                    image.id(), image.created(), "(this machine)", 0, "", List.of(HostImage.NAME.toString())));
        }
        List<Layer> layers = store.layers(image);
        List<ImageJson.History> history = new ArrayList<>(store.document(image).history());
        // Tools may leave the history out, or away for some of the layers.
        long told = history.stream().filter(step -> !step.emptyLayer()).count();
        for (long i = told; i < layers.size(); i++) {
            history.add(new ImageJson.History("", "", "", "", false));
        }
        List<ImageHistoryStep> steps = new ArrayList<>();
        int layer = 0;
        for (int i = 0; i < history.size(); i++) {
            ImageJson.History step = history.get(i);
            boolean last = i == history.size() - 1;
            boolean has = !step.emptyLayer() && layer < layers.size();
            steps.add(new ImageHistoryStep(
                    last ? image.id() : "",
                    time(step.created()),
                    step.createdBy(),
                    has ? layers.get(layer++).stored().sizeBytes() : 0,
                    step.comment(),
                    last ? image.names().stream().map(Object::toString).toList() : List.of()));
        }
        Collections.reverse(steps);
        return steps;
    }

    private static Instant time(String rfc3339) {
        try {
            return rfc3339.isEmpty()
                    ? Instant.EPOCH
                    : OffsetDateTime.parse(rfc3339).toInstant();
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    /** Gives an image one more name. */
    public void tag(String text, String name) throws IOException {
        ImageReference reference = ImageFinder.reference(name);
        if (reference.digest() != null) {
            throw new EngineException(
                    Kind.INVALID, "\"" + name + "\" has a digest: a name that is given must have a tag, or none");
        }
        store.tag(finder.find(text).id(), reference);
    }

    /** Writes images into a tar file. */
    public void save(List<String> texts, OutputStream out) throws IOException {
        Map<String, List<ImageReference>> names = new LinkedHashMap<>();
        Map<String, Image> images = new LinkedHashMap<>();
        for (String text : texts) {
            Image image = finder.find(text);
            images.put(image.id(), image);
            List<ImageReference> of = names.computeIfAbsent(image.id(), id -> new ArrayList<>());
            if (finder.isNameOf(text, image) && ImageReference.parse(text).digest() == null) {
                of.add(ImageReference.parse(text));
            }
        }
        // Nothing that is being written is collected.
        try (Workspace workspace = store.workspace()) {
            List<ArchiveWriter.Entry> entries = new ArrayList<>();
            for (Image image : images.values()) {
                List<ImageReference> of = names.getOrDefault(image.id(), List.of());
                entries.add(new ArchiveWriter.Entry(
                        store.manifestDigest(image),
                        of.stream().map(ImageReference::canonical).toList(),
                        of.stream().map(Object::toString).toList()));
            }
            new ArchiveWriter(store.content()).write(entries, out);
        }
    }
}
