package dev.jcompose.engine.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.images.oci.ImageJson;
import dev.jcompose.images.oci.OciJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The other builder: {@code buildah bud} with a storage of its own. */
public final class Buildah {
    private final Path storage;
    private final Path policy;

    /** @param storage an empty directory */
    public Buildah(Path storage) throws IOException {
        this.storage = storage;
        policy = Files.writeString(
                storage.resolve("policy.json"), "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}");
    }

    /** Whether it is installed. */
    public static boolean isHere() {
        return Files.isExecutable(Path.of("/usr/bin/buildah"));
    }

    /**
     * Builds an image, at the same time as others.
     *
     * @param options further ones of {@code buildah bud}
     */
    public void build(Path context, Path dockerfile, String name, List<String> options)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "bud",
                "--isolation",
                "chroot",
                "--network",
                "host",
                "--format",
                "docker",
                "--quiet",
                "--signature-policy",
                policy.toString(),
                "-f",
                dockerfile.toString(),
                "-t",
                name));
        arguments.addAll(options);
        arguments.add(".");
        run(context, arguments, storage.resolve(name + ".log"));
    }

    /**
     * What it made.
     *
     * @param tree all files, as one directory
     * @param document the configuration
     */
    public record Made(Path tree, ImageJson document) {}

    /** An image, where its storage keeps it. */
    public Made image(String name) throws IOException {
        Path images = storage.resolve("root/vfs-images");
        JsonNode index = JsonMapper.shared().readTree(Files.readAllBytes(images.resolve("images.json")));
        for (JsonNode image : index) {
            for (JsonNode known : image.path("names")) {
                if (known.asString("").equals("localhost/" + name + ":latest")) {
                    String id = image.path("id").asString("");
                    String file = "=" + Base64.getEncoder().encodeToString(("sha256:" + id).getBytes(UTF_8));
                    return new Made(
                            storage.resolve("root/vfs/dir")
                                    .resolve(image.path("layer").asString("")),
                            new OciJson()
                                    .read(Files.readAllBytes(images.resolve(id).resolve(file)), ImageJson.class, file));
                }
            }
        }
        throw new IOException("buildah has no image " + name);
    }

    private void run(Path directory, List<String> arguments, Path log) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "buildah",
                "--storage-driver",
                "vfs",
                "--root",
                storage.resolve("root").toString(),
                "--runroot",
                storage.resolve("run").toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor())
                .as(String.join(" ", command) + "\n" + new String(Files.readAllBytes(log), UTF_8))
                .isZero();
    }
}
