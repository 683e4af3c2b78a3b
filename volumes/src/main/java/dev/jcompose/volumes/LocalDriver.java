package dev.jcompose.volumes;

import dev.jcompose.linux.Mount;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The options of the {@code local} driver: {@code type}, {@code o} and {@code device}, as mount(8) has them. A bind is
 * a directory elsewhere; everything else is given to mount(2).
 *
 * @see <a href="https://docs.docker.com/reference/cli/docker/volume/create/#driver-specific-options">Docker's
 *     options</a>
 */
final class LocalDriver {
    private static final Set<String> NAMES = Set.of("type", "o", "device");

    /** Options of mount(8) that are flags of mount(2); those without effect are 0. */
    private static final Map<String, Long> FLAGS = flags();

    /** File systems that take {@code addr} as a number only. */
    private static final Set<String> REMOTE = Set.of("nfs", "nfs4", "cifs", "smb3");

    private LocalDriver() {}

    private static Map<String, Long> flags() {
        Map<String, Long> flags = new HashMap<>();
        flags.put("ro", Mount.MS_RDONLY);
        flags.put("nosuid", Mount.MS_NOSUID);
        flags.put("nodev", Mount.MS_NODEV);
        flags.put("noexec", Mount.MS_NOEXEC);
        flags.put("relatime", Mount.MS_RELATIME);
        flags.put("strictatime", Mount.MS_STRICTATIME);
        flags.put("noatime", Mount.MS_NOATIME);
        flags.put("nodiratime", Mount.MS_NODIRATIME);
        flags.put("sync", Mount.MS_SYNCHRONOUS);
        flags.put("dirsync", Mount.MS_DIRSYNC);
        for (String nothing : List.of("rw", "suid", "dev", "exec", "atime", "diratime", "async", "defaults", "")) {
            flags.put(nothing, 0L);
        }
        return Map.copyOf(flags);
    }

    /**
     * Where the data is.
     *
     * @throws VolumeException if the options are not ones that this driver can do
     */
    static Backing backing(String volume, VolumeOptions options) throws VolumeException {
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
            return new Backing.Own();
        }
        String type = opts.getOrDefault("type", "none");
        List<String> words = Arrays.asList(opts.getOrDefault("o", "").split(","));
        String device = opts.getOrDefault("device", "");
        if (type.equals("bind") || type.equals("none")) {
            return elsewhere(volume, type, words, device);
        }
        if (device.isEmpty()) {
            throw new VolumeException(
                    "volume '%s': option 'device' is missing, type '%s' needs one".formatted(volume, type));
        }
        return fileSystem(volume, type, words, device);
    }

    private static Backing elsewhere(String volume, String type, List<String> words, String device)
            throws VolumeException {
        if (!type.equals("bind") && !words.contains("bind") && !words.contains("rbind")) {
            throw new VolumeException(
                    "volume '%s': options say of no file system: type is missing, or o: bind for a directory"
                            .formatted(volume));
        }
        if (!device.startsWith("/")) {
            throw new VolumeException(
                    "volume '%s': option 'device' is '%s', wanted an absolute path".formatted(volume, device));
        }
        return new Backing.Elsewhere(Path.of(device));
    }

    private static Backing fileSystem(String volume, String type, List<String> words, String device)
            throws VolumeException {
        long flags = 0;
        boolean loop = false;
        List<String> data = new ArrayList<>();
        for (String word : words) {
            Long flag = FLAGS.get(word);
            if (word.equals("loop")) {
                loop = true;
            } else if (flag != null) {
                flags |= flag;
            } else if (REMOTE.contains(type) && word.startsWith("addr=")) {
                data.add("addr=" + address(volume, word.substring("addr=".length())));
            } else {
                data.add(word);
            }
        }
        return new Backing.FileSystem(type, device, flags, String.join(",", data), loop);
    }

    private static String address(String volume, String host) throws VolumeException {
        try {
            return InetAddress.getByName(host).getHostAddress();
        } catch (UnknownHostException e) {
            throw new VolumeException(
                    "volume '%s': the host of option 'addr=%s' is not known".formatted(volume, host), e);
        }
    }
}
