package dev.jcompose.images.build;

import dev.jcompose.images.build.dockerfile.Assignment;
import dev.jcompose.images.build.dockerfile.Command;
import dev.jcompose.images.build.dockerfile.Dockerfile;
import dev.jcompose.images.build.dockerfile.DockerfileException;
import dev.jcompose.images.build.dockerfile.Variables;
import dev.jcompose.images.build.dockerfile.Word;
import dev.jcompose.images.oci.Platform;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The arguments before the first stage: what {@code FROM} sees, and the defaults of those that stages declare. */
final class GlobalArguments implements Variables {
    /** What commands see without a declaration, and what does not count for the cache. */
    static final Set<String> PROXIES = Set.of(
            "HTTP_PROXY",
            "http_proxy",
            "HTTPS_PROXY",
            "https_proxy",
            "FTP_PROXY",
            "ftp_proxy",
            "NO_PROXY",
            "no_proxy",
            "ALL_PROXY",
            "all_proxy");

    private final Map<String, String> values = new HashMap<>();

    GlobalArguments(Dockerfile file, BuildSpec spec) throws DockerfileException {
        platform("BUILD", Platform.current());
        platform("TARGET", spec.platform());
        values.put("TARGETSTAGE", spec.target() == null ? "default" : spec.target());
        values.replaceAll((name, value) -> spec.args().getOrDefault(name, value));
        for (Command.Arg arg : file.globals()) {
            for (Assignment argument : arg.arguments()) {
                String given = spec.args().get(argument.name());
                String written = argument.value();
                if (given != null) {
                    values.put(argument.name(), given);
                } else if (written != null) {
                    values.put(argument.name(), arg.at().expand(new Word(written, argument.at()), this));
                }
            }
        }
    }

    private void platform(String prefix, Platform platform) {
        values.put(prefix + "PLATFORM", platform.toString());
        values.put(prefix + "OS", platform.os());
        values.put(prefix + "ARCH", platform.architecture());
        values.put(prefix + "VARIANT", platform.variant() == null ? "" : platform.variant());
    }

    @Override
    public @Nullable String get(String name) {
        return values.get(name);
    }
}
