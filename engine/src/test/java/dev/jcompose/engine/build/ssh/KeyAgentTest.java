package dev.jcompose.engine.build.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.images.testing.DockerRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The agent as OpenSSH's own client sees it. */
class KeyAgentTest {
    @TempDir
    Path directory;

    private Path socket;

    @BeforeEach
    void needTheClient() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-add")), "needs the programs of openssh-client");
        socket = directory.resolve("agent");
    }

    private String ssh(String... command) throws Exception {
        return DockerRegistry.run(Map.of("SSH_AUTH_SOCK", socket.toString()), command);
    }

    private Path key(String... options) throws Exception {
        Path file = directory.resolve("key");
        String[] command = {"ssh-keygen", "-q", "-f", file.toString(), "-C", "me"};
        String[] all = Arrays.copyOf(command, command.length + options.length);
        System.arraycopy(options, 0, all, command.length, options.length);
        ssh(all);
        return file;
    }

    @ParameterizedTest
    @CsvSource({
        "ed25519, 256, RFC4716, ED25519",
        "rsa, 2048, RFC4716, RSA",
        "rsa, 2048, PEM, RSA",
        "rsa, 2048, PKCS8, RSA",
        "ecdsa, 256, RFC4716, ECDSA",
        "ecdsa, 384, RFC4716, ECDSA",
        "ecdsa, 521, RFC4716, ECDSA"
    })
    void listsAKeyAndSignsWithIt(String type, String bits, String form, String shown) throws Exception {
        Path key = key("-t", type, "-b", bits, "-m", form, "-N", "");
        try (KeyAgent agent = KeyAgent.start(List.of(key), socket)) {
            assertThat(agent).isNotNull();
            assertThat(ssh("ssh-add", "-l")).startsWith(bits + " SHA256:").contains("(" + shown + ")");
            // Has it sign, and verifies the signature.
            ssh("ssh-add", "-T", key + ".pub");
        }
    }

    @Test
    void refusesWhatIsMoreThanListingAndSigning() throws Exception {
        Path key = key("-t", "ed25519", "-N", "");
        try (KeyAgent agent = KeyAgent.start(List.of(key), socket)) {
            assertThat(agent).isNotNull();
            assertThatThrownBy(() -> ssh("ssh-add", "-D")).hasMessageContaining("Failed to remove all identities");
            assertThatThrownBy(() -> ssh("ssh-add", key.toString())).hasMessageContaining("agent refused operation");
            assertThat(ssh("ssh-add", "-l")).contains("me (ED25519)");
        }
        assertThatThrownBy(() -> ssh("ssh-add", "-l")).hasMessageContaining("Connection refused");
    }

    @Test
    void saysWhyAKeyCannotBeUsed() throws Exception {
        Path locked = key("-t", "ed25519", "-N", "secret");
        assertThatThrownBy(() -> KeyAgent.start(List.of(locked), socket))
                .hasMessage("\"%s\": the key has a passphrase; give the socket of an agent that has it", locked);
        Path text = Files.writeString(directory.resolve("text"), "no key");
        assertThatThrownBy(() -> KeyAgent.start(List.of(text), socket))
                .hasMessageEndingWith("it is neither a private key nor the socket of an agent");
        Path cut = Files.writeString(
                directory.resolve("cut"),
                "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n-----END OPENSSH PRIVATE KEY-----\n");
        assertThatThrownBy(() -> KeyAgent.start(List.of(cut), socket))
                .hasMessageEndingWith("the key is damaged or of a kind that is not supported");
        assertThat(socket).doesNotExist();
    }
}
