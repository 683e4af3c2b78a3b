package dev.jcompose.engine.build;

import dev.jcompose.engine.api.BuildRequest;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.build.NamedContext;
import dev.jcompose.images.build.dockerfile.Source;
import dev.jcompose.model.Build;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Where a build has its files from: its context, the named ones, the Dockerfile. Mistakes name the attribute. */
final class BuildContexts {
    private static final String IMAGE = "docker-image://";
    private static final String LAYOUT = "oci-layout://";

    private final Project project;
    private final Service service;
    private final Build build;
    private final BuildRequest request;
    private final RemoteContexts remote;
    private final Map<String, String> args;

    BuildContexts(
            Project project, Service service, BuildRequest request, RemoteContexts remote, Map<String, String> args) {
        this.project = project;
        this.service = service;
        this.build = Objects.requireNonNull(service.build());
        this.request = request;
        this.remote = remote;
        this.args = args;
    }

    private IllegalArgumentException refused(String problem) {
        return ServiceBuild.refused(service, problem);
    }

    /** The directory that files come from. */
    Path main() {
        String context = build.context();
        if (context == null) {
            return project.workingDirectory();
        }
        if (RemoteContexts.isOne(context)) {
            return fetched("context", context);
        }
        if (context.contains("://")) {
            throw refused(
                    "context \"%s\" is neither a directory, a git repository (URL.git, git://, ssh://) nor an archive (http://, https://)"
                            .formatted(context));
        }
        Path directory = project.workingDirectory().resolve(context).normalize();
        if (!Files.isDirectory(directory)) {
            throw refused("unable to prepare context: path \"%s\" not found".formatted(directory));
        }
        return directory;
    }

    private Path fetched(String what, String url) {
        try {
            return remote.directory(url, request.environment(), args);
        } catch (IOException | IllegalArgumentException e) {
            throw ServiceBuild.refused(service, "%s \"%s\": %s".formatted(what, url, e.getMessage()), e);
        }
    }

    /** @param ignore the lines of the file that says what of the context is left out */
    record Dockerfile(Source source, List<String> ignore) {}

    /** @throws IOException if a file cannot be read */
    Dockerfile dockerfile(Path context) throws IOException {
        String inline = build.dockerfileInline();
        if (inline != null) {
            String name = "services." + service.name() + ".build.dockerfile_inline";
            return new Dockerfile(Source.of(name, inline), ignore(context.resolve(".dockerignore")));
        }
        Path file = context.resolve(build.dockerfile() == null ? "Dockerfile" : build.dockerfile());
        Path own = file.resolveSibling(file.getFileName() + ".dockerignore");
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw ServiceBuild.refused(
                    service, "failed to read dockerfile: open %s: no such file or directory".formatted(file), e);
        }
        List<String> ignore = ignore(Files.isRegularFile(own) ? own : context.resolve(".dockerignore"));
        return new Dockerfile(Source.of(shown(file), text), ignore);
    }

    /** As somebody in the project's directory would call it. */
    private String shown(Path file) {
        Path directory = project.workingDirectory();
        return file.startsWith(directory) ? directory.relativize(file).toString() : file.toString();
    }

    private static List<String> ignore(Path file) throws IOException {
        return Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
    }

    /** The additional contexts by name. */
    Map<String, NamedContext> named() {
        Map<String, NamedContext> contexts = new LinkedHashMap<>();
        build.additionalContexts().forEach((name, value) -> contexts.put(name, named(name, value)));
        return contexts;
    }

    private NamedContext named(String name, String value) {
        String what = "additional context \"" + name + "\"";
        if (value.startsWith(ServiceBuild.SERVICE)) {
            String used = value.substring(ServiceBuild.SERVICE.length());
            Service other =
                    project.service(used).orElseThrow(() -> refused("%s: no such service: %s".formatted(what, used)));
            return new NamedContext.OfImage(ImageReference.parse(project.imageName(other)));
        }
        if (value.startsWith(IMAGE)) {
            return new NamedContext.OfImage(ImageReference.parse(value.substring(IMAGE.length())));
        }
        if (value.startsWith(LAYOUT)) {
            return layout(what, value);
        }
        if (RemoteContexts.isOne(value)) {
            return new NamedContext.Directory(fetched(what, value));
        }
        if (value.contains("://")) {
            throw refused(
                    "%s: \"%s\" is neither a directory, a git repository, an archive (http://, https://), an image (%s..., %s...) nor a service (%s...)"
                            .formatted(what, value, IMAGE, LAYOUT, ServiceBuild.SERVICE));
        }
        Path directory = project.workingDirectory().resolve(value);
        if (!Files.isDirectory(directory)) {
            throw refused("%s: path \"%s\" not found".formatted(what, directory));
        }
        return new NamedContext.Directory(directory);
    }

    /** {@code oci-layout://DIRECTORY[:TAG][@DIGEST]}. */
    private NamedContext layout(String what, String value) {
        String path = value.substring(LAYOUT.length());
        int at = path.indexOf('@');
        int colon = path.indexOf(':', path.lastIndexOf('/', at < 0 ? path.length() : at) + 1);
        int end = colon >= 0 && (at < 0 || colon < at) ? colon : at;
        String directory = end < 0 ? path : path.substring(0, end);
        String wanted = end < 0 ? "" : path.substring(end == colon ? end + 1 : end);
        try {
            return new NamedContext.OfImage(
                    remote.image(project.workingDirectory().resolve(directory), wanted));
        } catch (IOException | IllegalArgumentException e) {
            throw ServiceBuild.refused(service, "%s: %s".formatted(what, e.getMessage()), e);
        }
    }
}
