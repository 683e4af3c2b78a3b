package dev.jcompose.volumes;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The options of the {@code local} driver: {@code type}, {@code o} and {@code device}, as mount(8) has them. So far
 * those of a bind: a volume whose data is a directory elsewhere on this machine.
 *
 * @see <a href="https://docs.docker.com/reference/cli/docker/volume/create/#driver-specific-options">Docker's
 *     options</a>
 */
final class LocalDriver {
    private static final Set<String> NAMES = Set.of("type", "o", "device");

    private LocalDriver() {}

    /**
     * Where the data is, if not in the volume's own directory.
     *
     * @throws VolumeException if the options are not ones that this driver can do
     */
    static Optional<Path> device(String volume, VolumeOptions options) throws VolumeException {
        if (!options.driver().equals(VolumeOptions.LOCAL)) {
            throw new VolumeException("volume '%s': driver '%s' is not supported, only '%s'"
                    .formatted(volume, options.driver(), VolumeOptions.LOCAL));
        }
        Map<String, String> opts = options.sortedOpts();
        for (String name : opts.keySet()) {
            if (!NAMES.contains(name)) {
                throw new VolumeException(
                        "volume '%s': unknown option '%s', the local driver has 'type', 'o' and 'device'"
                                .formatted(volume, name));
            }
        }
        if (opts.isEmpty()) {
            return Optional.empty();
        }
        String type = opts.getOrDefault("type", "none");
        boolean bind = type.equals("bind")
                || (type.equals("none")
                        && Arrays.asList(opts.getOrDefault("o", "").split(",")).contains("bind"))
                || (type.equals("none")
                        && Arrays.asList(opts.getOrDefault("o", "").split(",")).contains("rbind"));
        if (!bind) {
            throw new VolumeException(
                    "volume '%s': options %s are not supported, only a bind: type 'none', o 'bind', device a directory"
                            .formatted(volume, opts));
        }
        String device = opts.getOrDefault("device", "");
        if (!device.startsWith("/")) {
            throw new VolumeException(
                    "volume '%s': option 'device' is '%s', wanted an absolute path".formatted(volume, device));
        }
        return Optional.of(Path.of(device));
    }
}
