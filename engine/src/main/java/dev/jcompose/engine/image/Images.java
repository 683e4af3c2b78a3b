package dev.jcompose.engine.image;

import dev.jcompose.engine.api.DiskUsage;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.ImageHistoryStep;
import dev.jcompose.engine.api.ImageOperations;
import dev.jcompose.engine.api.ImageSummary;
import dev.jcompose.engine.api.LoginRequest;
import dev.jcompose.engine.api.PruneImagesRequest;
import dev.jcompose.engine.api.PullImagesRequest;
import dev.jcompose.engine.api.PushImagesRequest;
import dev.jcompose.engine.api.RemovedImages;
import dev.jcompose.images.transfer.ImageTransfer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The operations on images, each handed to the class that does it. */
public final class Images implements ImageOperations {
    private final ImageCommands images;
    private final ImageRemoval removal;
    private final DiskUsages diskUsages;
    private final TransferCommands transfers;
    private final ImageTransfer transfer;

    public Images(
            ImageCommands images,
            ImageRemoval removal,
            DiskUsages diskUsages,
            TransferCommands transfers,
            ImageTransfer transfer) {
        this.images = images;
        this.removal = removal;
        this.diskUsages = diskUsages;
        this.transfers = transfers;
        this.transfer = transfer;
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws IOException;
    }

    private static <T> T ask(Question<T> question) {
        try {
            return question.ask();
        } catch (IOException e) {
            throw TransferText.failure(e);
        }
    }

    @Override
    public List<ImageSummary> list() {
        return ask(images::list);
    }

    @Override
    public List<String> load(InputStream tar) {
        try {
            return transfer.load(tar).stream()
                    .flatMap(image -> image.names().isEmpty()
                            ? Stream.of(image.id())
                            : image.names().stream().map(Object::toString))
                    .toList();
        } catch (IOException e) {
            throw new EngineException(Kind.INVALID, "cannot load image: " + e.getMessage(), e);
        }
    }

    @Override
    public void save(List<String> names, OutputStream out) {
        ask(() -> {
            images.save(names, out);
            return names;
        });
    }

    @Override
    public String inspect(String image) {
        return ask(() -> images.inspect(image));
    }

    @Override
    public List<ImageHistoryStep> history(String image) {
        return ask(() -> images.history(image));
    }

    @Override
    public void tag(String image, String name) {
        ask(() -> {
            images.tag(image, name);
            return name;
        });
    }

    @Override
    public RemovedImages remove(String image, boolean force) {
        return ask(() -> removal.remove(image, force));
    }

    @Override
    public RemovedImages prune(PruneImagesRequest request) {
        return ask(() -> removal.prune(request));
    }

    @Override
    public List<DiskUsage> diskUsage() {
        return ask(diskUsages::all);
    }

    @Override
    public void pull(PullImagesRequest request, EventListener listener) {
        transfers.pull(request, listener);
    }

    @Override
    public void push(PushImagesRequest request, EventListener listener) {
        transfers.push(request, listener);
    }

    @Override
    public String resolve(String reference, Map<String, String> environment) {
        return transfers.resolve(reference, environment);
    }

    @Override
    public String login(LoginRequest request) {
        return transfers.login(request);
    }

    @Override
    public boolean logout(String registry, Map<String, String> environment) {
        return transfers.logout(registry, environment);
    }
}
