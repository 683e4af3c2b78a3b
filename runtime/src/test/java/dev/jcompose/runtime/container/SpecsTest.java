package dev.jcompose.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.runtime.container.MountSpec.BindMount;
import dev.jcompose.runtime.container.MountSpec.TmpfsMount;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecsTest {
    private static final RootfsSpec ROOTFS =
            new RootfsSpec(List.of(Path.of("/l")), Path.of("/u"), Path.of("/w"), Path.of("/m"), false);

    @ParameterizedTest
    @ValueSource(strings = {"/", "/proc", "/proc/sys", "/x/../proc/1", "/.", "relative", "/x/../.."})
    void aMountOverTheRootOrProcIsRefused(String destination) {
        assertThatThrownBy(() -> TmpfsMount.of(destination)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BindMount.of(Path.of("/x"), destination, true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"root,root,", "0:0,0,0", "app:www-data,app,www-data", "'',0,"})
    void aUserIsParsed(String spec, String user, @Nullable String group) {
        assertThat(UserSpec.parse(spec)).isEqualTo(new UserSpec(user, group));
    }

    @ParameterizedTest
    @ValueSource(strings = {":", "user:", ":group", "a:b:c", "a b", "a/b", "a\nb", "a\0b"})
    void whatIsNoUserIsRefused(String spec) {
        assertThatThrownBy(() -> UserSpec.parse(spec)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatCannotBeACStringIsRefused() {
        assertThatThrownBy(() -> ProcessSpec.of(List.of("echo", "a\0b")))
                .hasMessage("argument \"a?b\" has a NUL character");
        assertThatThrownBy(() -> ProcessSpec.of(List.of())).hasMessage("no command to run");
    }

    @Test
    void aDeviceOutsideDevIsRefused() {
        assertThatThrownBy(() -> new DeviceSpec("/dev/../etc/x", false, 1, 3, 0666, 0, 0))
                .hasMessage("device \"/dev/../etc/x\" is not below /dev");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../x", ".hidden", "a/b", "a b"})
    void anIdThatIsNoFileNameIsRefused(String id) {
        assertThatThrownBy(() -> ContainerSpec.builder(id, Path.of("/r"), ROOTFS, ProcessSpec.of(List.of("x")))
                        .build())
                .hasMessage("\"" + id + "\" is not a container id");
    }

    @Test
    void aSoftLimitAboveTheHardOneIsRefused() {
        assertThat(new Rlimit(Rlimit.Kind.CORE, 5, -1).kind().number()).isEqualTo(4);
        assertThatThrownBy(() -> new Rlimit(Rlimit.Kind.NOFILE, -1, 5))
                .hasMessage("soft limit -1 of NOFILE is above the hard limit 5");
    }

    @Test
    void limitsThatContradictEachOtherAreRefused() {
        assertThatThrownBy(() -> memory(null, 5L)).hasMessage("a limit of memory and swap needs a limit of memory");
        assertThatThrownBy(() -> memory(10L, 5L))
                .hasMessage("the limit of memory and swap, 5, is below that of memory, 10");
        assertThat(memory(10L, -1L).memorySwapBytes()).isEqualTo(-1);
    }

    private static Resources memory(@Nullable Long memory, @Nullable Long swap) {
        return new Resources(memory, swap, null, null, null, null, null, null, null, null, List.of());
    }
}
