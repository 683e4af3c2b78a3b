package dev.jcompose.model;

import dev.jcompose.model.node.Immutable;
import java.util.List;

/**
 * What a service may do.
 *
 * @param privileged all capabilities and devices
 * @param readOnly the root file system is mounted read-only
 * @param capAdd capabilities, without or with {@code CAP_}
 * @param capDrop capabilities, without or with {@code CAP_}
 * @param securityOpt {@code no-new-privileges}, {@code seccomp=...} ...
 * @param groupAdd further groups, names or numbers
 * @param devices host devices
 * @param deviceCgroupRules {@code c 1:3 mr}
 */
public record Security(
        boolean privileged,
        boolean readOnly,
        List<String> capAdd,
        List<String> capDrop,
        List<String> securityOpt,
        List<String> groupAdd,
        List<DeviceMapping> devices,
        List<String> deviceCgroupRules) {

    public Security {
        capAdd = Immutable.list(capAdd);
        capDrop = Immutable.list(capDrop);
        securityOpt = Immutable.list(securityOpt);
        groupAdd = Immutable.list(groupAdd);
        devices = Immutable.list(devices);
        deviceCgroupRules = Immutable.list(deviceCgroupRules);
    }

    /** The defaults. */
    public static final Security DEFAULT =
            new Security(false, false, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
}
