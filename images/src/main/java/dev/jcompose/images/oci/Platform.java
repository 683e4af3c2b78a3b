package dev.jcompose.images.oci;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.jcompose.linux.Arch;
import org.jspecify.annotations.Nullable;

/**
 * What an image runs on, in Go's words.
 *
 * @param os for example {@code linux}
 * @param architecture for example {@code amd64}, {@code arm64}
 * @param variant for example {@code v8}
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-index.md">OCI image index</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Platform(
        String os, String architecture, @Nullable String variant) {

    /** Missing fields, as old tools leave them, become empty. */
    public Platform(@Nullable String os, @Nullable String architecture, @Nullable String variant) {
        this.os = os == null ? "" : os;
        this.architecture = architecture == null ? "" : architecture;
        this.variant = variant;
    }

    /** This machine's. */
    public static Platform current() {
        return new Platform("linux", Arch.current() == Arch.X86_64 ? "amd64" : "arm64", null);
    }

    /** Whether an image of {@code other} runs here; the variants of the 64-bit architectures do not matter. */
    public boolean accepts(Platform other) {
        return os.equals(other.os) && architecture.equals(other.architecture);
    }

    @Override
    public String toString() {
        return os + "/" + architecture + (variant == null ? "" : "/" + variant);
    }
}
