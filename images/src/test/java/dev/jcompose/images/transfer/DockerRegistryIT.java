package dev.jcompose.images.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.images.Image;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.ImageStore;
import dev.jcompose.images.Layer;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.registry.Credentials;
import dev.jcompose.images.registry.DockerConfig;
import dev.jcompose.images.registry.Patience;
import dev.jcompose.images.registry.Registries;
import dev.jcompose.images.registry.RegistryAccess;
import dev.jcompose.images.testing.DockerRegistry;
import dev.jcompose.images.testing.ImageTar;
import dev.jcompose.images.testing.LayerTar;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against Debian's registry, with skopeo and buildah as the other party. */
@RequiresRoot
class DockerRegistryIT {
    @TempDir
    Path root;

    private ImageStore store;
    private ImageTransfer transfer;
    private final List<TransferEvent> events = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void programs() {
        DockerRegistry.assumePrograms("docker-registry", "skopeo", "buildah", "htpasswd", "openssl");
    }

    @BeforeEach
    void open() throws IOException {
        store = ImageStore.open(Linux.load(), root.resolve("store"), List.of());
        transfer = new LocalTransfer(store, Patience.DEFAULT);
    }

    @AfterEach
    void close() throws IOException {
        assertThat(root.resolve("store/tmp")).isEmptyDirectory();
        store.close();
    }

    private RegistryAccess access() {
        return RegistryAccess.of(
                Map.of("HOME", root.toString(), "PATH", root.resolve("bin").toString()));
    }

    private Image pull(ImageReference reference) throws IOException {
        return transfer.pull(PullRequest.of(reference, access()), events::add);
    }

    private Image loaded(String name) throws IOException {
        byte[] archive = new ImageTar(name)
                .layer(LayerTar.gzip(new LayerTar().file("etc/one", "1").bytes()))
                .layer(new LayerTar().file("etc/two", "plain ".repeat(10_000)).bytes())
                .cmd("/bin/sh")
                .newDockerArchive();
        return store.load(new ByteArrayInputStream(archive)).get(0);
    }

    /** Something that skopeo can copy from: an OCI layout in a directory. */
    private static String skopeo(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("skopeo", "--insecure-policy"));
        command.addAll(List.of(arguments));
        return DockerRegistry.run(Map.of(), command.toArray(String[]::new));
    }

    private void buildahImage(Path directory) throws Exception {
        Path context = Files.createDirectories(root.resolve("context"));
        Files.writeString(context.resolve("hello"), "from buildah");
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY hello /hello\nCMD [\"/hello\"]\n");
        DockerRegistry.run(
                Map.of(),
                "buildah",
                "--storage-driver=vfs",
                "--root=" + root.resolve("bstore"),
                "--runroot=" + root.resolve("brun"),
                "bud",
                "--isolation=chroot",
                "-t",
                "oci:" + directory + ":made",
                context.toString());
    }

    @Test
    void whatIsPushedCanBeReadByOthersAndPulledAgain() throws Exception {
        try (DockerRegistry registry = DockerRegistry.open(root.resolve("registry"))) {
            Image image = loaded("one:1");
            ImageReference reference = ImageReference.parse(registry.name() + "/team/one:1");
            Digest digest = transfer.push(image, reference, access(), events::add);
            String inspected = skopeo("inspect", "--tls-verify=false", "docker://" + reference);
            assertThat(inspected).contains(digest.toString(), "PATH=/bin");
            skopeo("copy", "--src-tls-verify=false", "docker://" + reference, "dir:" + root.resolve("copied"));
            assertThat(Files.readString(root.resolve("copied/manifest.json")))
                    .contains(image.id())
                    .contains(store.layers(image).get(0).blob().digest().toString());
            assertThat(transfer.resolve(reference, access())).isEqualTo(digest);
            store.remove(image.id());
            Image pulled = pull(reference);
            assertThat(pulled.id()).isEqualTo(image.id());
            assertThat(pulled.layers().get(1).resolve("etc/two")).hasContent("plain ".repeat(10_000));
            assertThat(pulled.repoDigests()).containsExactly(reference.withDigest(digest));
        }
    }

    @Test
    void layersThatTheRegistryHasAreNotUploadedAgain() throws Exception {
        try (DockerRegistry registry = DockerRegistry.open(root.resolve("registry"))) {
            Image image = loaded("one:1");
            transfer.push(image, ImageReference.parse(registry.name() + "/team/one:1"), access(), events::add);
            assertThat(events).extracting(TransferEvent::action).contains("Pushed");
            events.clear();
            transfer.push(image, ImageReference.parse(registry.name() + "/team/one:2"), access(), events::add);
            assertThat(events).extracting(TransferEvent::action).contains("Layer already exists");
            events.clear();
            transfer.push(image, ImageReference.parse(registry.name() + "/other/one:1"), access(), events::add);
            assertThat(events).extracting(TransferEvent::action).contains("Mounted from team/one");
        }
    }

    @Test
    void whatBuildahAndSkopeoMakeIsReadInEveryForm() throws Exception {
        try (DockerRegistry registry = DockerRegistry.open(root.resolve("registry"))) {
            Path layout = root.resolve("layout");
            buildahImage(layout);
            for (String[] form : new String[][] {
                {"oci", "--format=oci"},
                {"docker", "--format=v2s2"},
                {"zstd", "--format=oci", "--dest-compress-format=zstd"}
            }) {
                List<String> arguments = new ArrayList<>(List.of("copy", "--dest-tls-verify=false"));
                arguments.addAll(List.of(form).subList(1, form.length));
                ImageReference reference = ImageReference.parse(registry.name() + "/made:" + form[0]);
                arguments.addAll(List.of("oci:" + layout + ":made", "docker://" + reference));
                skopeo(arguments.toArray(String[]::new));
                Image image = pull(reference);
                assertThat(image.layers().get(0).resolve("hello")).as(form[0]).hasContent("from buildah");
                assertThat(image.config().cmd()).containsExactly("/hello");
                String manifest = skopeo("inspect", "--raw", "--tls-verify=false", "docker://" + reference);
                for (Layer layer : store.layers(image)) {
                    assertThat(manifest).contains(layer.blob().digest().toString());
                }
            }
        }
    }

    @Test
    void aPasswordIsAskedForTakenAndKept() throws Exception {
        try (DockerRegistry registry = DockerRegistry.withPassword(root.resolve("registry"), "me", "s3cret")) {
            Image image = loaded("one:1");
            ImageReference reference = ImageReference.parse(registry.name() + "/team/one:1");
            assertThatThrownBy(() -> transfer.push(image, reference, access(), events::add))
                    .hasMessageStartingWith("push access denied for " + registry.name() + "/team/one")
                    .hasMessageContaining("jcompose login " + registry.name());
            assertThatThrownBy(() -> pull(reference)).hasMessageStartingWith("pull access denied for ");
            Registries registries = new Registries(access(), Patience.DEFAULT);
            assertThatThrownBy(() -> registries.checkLogin(registry.name(), Credentials.of("me", "wrong")))
                    .hasMessage(
                            "login to '" + registry.name() + "' as 'me' was not accepted: wrong user name or password");
            Credentials right = Credentials.of("me", "s3cret");
            registries.checkLogin(registry.name(), right);
            assertThat(registries.logins().store(registry.name(), right)).contains(root.resolve(".docker/config.json"));
            transfer.push(image, reference, access(), events::add);
            store.remove(image.id());
            assertThat(pull(reference).id()).isEqualTo(image.id());
            skopeo("inspect", "--tls-verify=false", "--creds=me:s3cret", "docker://" + reference);
            assertThat(registries.logins().erase(registry.name())).isTrue();
            assertThatThrownBy(() -> pull(reference)).hasMessageContaining("access denied");
            transfer.pull(PullRequest.of(reference, access().with(right)), TransferListener.NONE);
        }
    }

    @Test
    void aCertificateOfOnesOwnAuthorityIsTrustedWhenItIsNamed() throws Exception {
        try (DockerRegistry registry = DockerRegistry.withTls(root.resolve("registry"))) {
            Image image = loaded("one:1");
            ImageReference reference = ImageReference.parse(registry.name() + "/team/one:1");
            assertThatThrownBy(() -> transfer.push(image, reference, access(), events::add))
                    .hasMessageContaining("its certificate is not trusted")
                    .hasMessageContaining("/etc/docker/certs.d/" + registry.name() + "/ca.crt");
            Path file = Files.writeString(
                    root.resolve("registries.json"),
                    "{\"registries\":{\"%s\":{\"ca\":\"registry/cert.pem\"}}}".formatted(registry.name()));
            RegistryAccess trusting = RegistryAccess.of(Map.of("JCOMPOSE_REGISTRIES", file.toString()));
            transfer.push(image, reference, trusting, events::add);
            store.remove(image.id());
            assertThat(transfer.pull(PullRequest.of(reference, trusting), TransferListener.NONE)
                            .id())
                    .isEqualTo(image.id());
        }
    }

    @Test
    void aCredentialHelperKeepsTheLogin() throws Exception {
        Path bin = Files.createDirectories(root.resolve("bin"));
        Path helper = Files.writeString(bin.resolve("docker-credential-test"), """
                #!/bin/sh
                export PATH=/usr/bin:/bin
                f=%s/kept
                case $1 in
                    store) cat > $f ;;
                    erase) rm -f $f ;;
                    get) read -r server; [ -e $f ] && grep -q "$server" $f && cat $f && exit
                         echo "credentials not found in native keychain"; exit 1 ;;
                esac
                """.formatted(root));
        Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path config = Files.createDirectories(root.resolve(".docker")).resolve("config.json");
        Files.writeString(config, "{\"credHelpers\":{\"registry.example\":\"test\"},\"other\":1}");
        DockerConfig logins = new DockerConfig(access());
        assertThat(logins.find("registry.example")).isEmpty();
        assertThat(logins.store("registry.example", Credentials.of("u", "p"))).isEmpty();
        assertThat(Files.readString(config, UTF_8)).contains("\"other\"").doesNotContain("\"auth\"");
        assertThat(logins.find("registry.example")).contains(Credentials.of("u", "p"));
        assertThat(logins.erase("registry.example")).isTrue();
        assertThat(logins.find("registry.example")).isEmpty();
        Files.writeString(config, "{\"credsStore\":\"missing\"}");
        assertThatThrownBy(() -> logins.find("registry.example"))
                .hasMessageContaining("credential helper 'docker-credential-missing'")
                .hasMessageContaining("is not on the PATH");
    }
}
