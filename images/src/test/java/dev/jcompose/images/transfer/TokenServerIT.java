package dev.jcompose.images.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.images.Image;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.ImageStore;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.registry.Credentials;
import dev.jcompose.images.registry.Patience;
import dev.jcompose.images.registry.RegistryAccess;
import dev.jcompose.images.testing.ImageTar;
import dev.jcompose.images.testing.LayerTar;
import dev.jcompose.images.testing.TestRegistry;
import dev.jcompose.images.testing.TokenGate;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that wants tokens, as docker.io and most others do. */
@RequiresRoot
class TokenServerIT {
    private static final byte[] BASE = new LayerTar().file("base", "1").bytes();
    private static final byte[] TOP = new LayerTar().file("top", "2").bytes();

    @TempDir
    Path root;

    private final ImageTar image = new ImageTar("").layer(BASE).layer(TOP);
    private final TokenGate gate = new TokenGate(Map.of("me", "s3cret"), "identity-token", Set.of("open/app"));
    private TestRegistry registry;
    private ImageStore store;
    private ImageTransfer transfer;

    @BeforeEach
    void start() throws IOException {
        registry = new TestRegistry()
                .image("open/app", "1", image)
                .image("team/app", "1", image)
                .gate(gate);
        store = ImageStore.open(Linux.load(), root.resolve("store"), List.of());
        transfer = new LocalTransfer(store, Patience.DEFAULT);
    }

    @AfterEach
    void stop() throws IOException {
        registry.close();
        assertThat(root.resolve("store/tmp")).isEmptyDirectory();
        store.close();
    }

    private RegistryAccess access() {
        return RegistryAccess.of(Map.of("HOME", root.toString()));
    }

    private RegistryAccess login(String password) {
        return access().with(Credentials.of("me", password));
    }

    private ImageReference reference(String rest) {
        return ImageReference.parse(registry.name() + "/" + rest);
    }

    private Image pull(String rest, RegistryAccess access) throws IOException {
        return transfer.pull(PullRequest.of(reference(rest), access), TransferListener.NONE);
    }

    private long refusals() {
        return registry.requests().stream()
                .filter(request -> !request.contains("Bearer") && request.contains("/v2/open/"))
                .count();
    }

    @Test
    void anybodyGetsATokenForWhatIsOpenAndUsesItForTheWholePull() throws IOException {
        assertThat(pull("open/app:1", access()).id()).isEqualTo(image.id().toString());
        assertThat(gate.asked()).containsExactly("GET - test registry repository:open/app:pull");
        assertThat(refusals()).isEqualTo(1);
    }

    @Test
    void whatIsNotOpenNeedsALogin() throws IOException {
        assertThatThrownBy(() -> pull("team/app:1", access()))
                .hasMessageStartingWith("pull access denied for " + registry.name() + "/team/app")
                .hasMessageContaining("jcompose login " + registry.name());
        assertThatThrownBy(() -> pull("team/app:1", login("wrong")))
                .hasMessageContaining("the login of 'me' is not accepted: unauthorized: incorrect username");
        pull("team/app:1", login("s3cret"));
        assertThat(gate.asked()).contains("GET me test registry repository:team/app:pull");
    }

    @Test
    void aLoginIsTriedWithTheTokenServer() throws IOException {
        Credentials right = Credentials.of("me", "s3cret");
        assertThatThrownBy(() -> transfer.login(registry.name(), Credentials.of("me", "wrong"), true, access()))
                .hasMessageContaining("not accepted");
        assertThat(transfer.login(registry.name(), right, true, access())).isPresent();
        assertThat(pull("team/app:1", access()).id()).isEqualTo(image.id().toString());
    }

    @Test
    void aTokenThatExpiresMeanwhileIsReplaced() throws IOException {
        gate.tokensExpireAfter(1);
        assertThat(pull("open/app:1", access()).id()).isEqualTo(image.id().toString());
        assertThat(gate.asked()).hasSizeGreaterThan(2);
    }

    @Test
    void anIdentityTokenIsShownInPlaceOfAPassword() throws IOException {
        Path config = Files.createDirectories(root.resolve(".docker")).resolve("config.json");
        Files.writeString(
                config,
                "{\"auths\":{\"%s\":{\"auth\":\"MDAwMDAwMDA6\",\"identitytoken\":\"identity-token\"}}}"
                        .formatted(registry.name()));
        assertThat(pull("team/app:1", access()).id()).isEqualTo(image.id().toString());
        assertThat(gate.asked()).containsExactly("POST identity test registry repository:team/app:pull");
    }

    @Test
    void aPushAsksForBothRightsAndAMountForThatOfTheOtherRepository() throws IOException {
        pull("open/app:1", access());
        Image made = store.load(new ByteArrayInputStream(new ImageTar("mine:1")
                        .layer(BASE)
                        .layer(LayerTar.gzip(new LayerTar().file("own", "3").bytes()))
                        .newDockerArchive()))
                .get(0);
        registry.fault("/team/mine/blobs/" + Digest.ofBytes(BASE), TestRegistry.status(404));
        transfer.push(made, reference("team/mine:1"), login("s3cret"), TransferListener.NONE);
        assertThat(gate.asked())
                .contains(
                        "GET me test registry repository:team/mine:pull,push",
                        "GET me test registry repository:team/mine:pull,push repository:open/app:pull");
        assertThat(registry.manifest("team/mine", "1")).isNotNull();
    }

    @Test
    void aTokenServerThatIsNoneOrGivesNoneIsNamed() {
        registry.gate(exchange -> {
            exchange.set("WWW-Authenticate", "Bearer realm=\"ftp://elsewhere.example/token\"")
                    .begin(401, 0);
            return true;
        });
        assertThatThrownBy(() -> pull("open/app:1", access()))
                .hasMessageContaining(
                        "names the token server 'ftp://elsewhere.example/token', which is not an https URL");
        registry.gate(exchange -> {
            if (exchange.path().equals("/token")) {
                exchange.send(200, "{}".getBytes(UTF_8));
            } else {
                exchange.set("WWW-Authenticate", "Bearer realm=\"/token\"").begin(401, 0);
            }
            return true;
        });
        assertThatThrownBy(() -> pull("open/app:1", access())).hasMessageContaining("gave no token");
    }
}
