package dev.jcompose.images.oci;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.jcompose.linux.Arch;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
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

    private static final Pattern PART = Pattern.compile("[a-z0-9_.-]+");

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

    /** What an image says that it runs on. */
    public static Platform of(ImageJson image) {
        return new Platform(image.os(), image.architecture(), image.variant().isEmpty() ? null : image.variant());
    }

    /** Whether an image of {@code other} runs here; the variants of the 64-bit architectures do not matter. */
    public boolean accepts(Platform other) {
        return os.equals(other.os) && architecture.equals(other.architecture);
    }

    /**
     * Reads {@code OS/ARCH[/VARIANT]} or {@code ARCH}, with the names that people and kernels also use.
     *
     * @throws IllegalArgumentException if it has another form
     */
    public static Platform parse(String text) {
        String[] parts = text.toLowerCase(Locale.ROOT).split("/", -1);
        for (String part : parts) {
            if (!PART.matcher(part).matches()) {
                throw new IllegalArgumentException("platform '" + text + "' is not OS/ARCH[/VARIANT]");
            }
        }
        return switch (parts.length) {
            case 1 -> parts[0].equals("linux") ? current() : normal("linux", parts[0], null);
            case 2 -> normal(parts[0], parts[1], null);
            case 3 -> normal(parts[0], parts[1], parts[2]);
            default -> throw new IllegalArgumentException("platform '" + text + "' is not OS/ARCH[/VARIANT]");
        };
    }

    /** @see <a href="https://github.com/containerd/platforms/blob/main/database.go">the usual aliases</a> */
    private static Platform normal(String os, String architecture, @Nullable String variant) {
        return switch (architecture) {
            case "x86_64", "x86-64", "amd64" -> new Platform(os, "amd64", "v1".equals(variant) ? null : variant);
            case "aarch64", "arm64" ->
                new Platform(os, "arm64", "8".equals(variant) || "v8".equals(variant) ? null : variant);
            case "armhf" -> new Platform(os, "arm", "v7");
            case "armel" -> new Platform(os, "arm", "v6");
            case "arm" -> new Platform(os, "arm", variant == null || variant.equals("7") ? "v7" : variant);
            case "i386", "i686" -> new Platform(os, "386", variant);
            default -> new Platform(os, architecture, variant);
        };
    }

    /** How well an image of {@code other} suits: 0 for not at all; more is better. */
    public int suits(Platform other) {
        Platform is = normal(other.os, other.architecture, other.variant);
        Platform wanted = normal(os, architecture, variant);
        if (!wanted.os.equals(is.os) || !wanted.architecture.equals(is.architecture)) {
            return 0;
        }
        if (Objects.equals(wanted.variant, is.variant)) {
            return 2;
        }
        // A newer variant runs what was made for an older one: v7 runs v6.
        boolean older = wanted.variant == null || is.variant == null || wanted.variant.compareTo(is.variant) > 0;
        return older ? 1 : 0;
    }

    @Override
    public String toString() {
        return os + "/" + architecture + (variant == null ? "" : "/" + variant);
    }
}
