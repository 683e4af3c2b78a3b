package dev.jcompose.engine.assemble;

import dev.jcompose.model.DeviceMapping;
import dev.jcompose.runtime.cgroup.DeviceRule;
import dev.jcompose.runtime.container.DeviceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The host's device nodes that a service asks for.
 *
 * @param nodes to make in the container
 * @param rules that let it use them
 */
record HostDevices(List<DeviceSpec> nodes, List<DeviceRule> rules) {
    private static final int TYPE = 0xf000;
    private static final int BLOCK = 0x6000;
    private static final int CHARACTER = 0x2000;

    /**
     * Looks the devices up on the host.
     *
     * @throws IllegalArgumentException when one is not there or is no device
     */
    static HostDevices of(List<DeviceMapping> mappings) {
        List<DeviceSpec> nodes = new ArrayList<>();
        List<DeviceRule> rules = new ArrayList<>();
        for (DeviceMapping mapping : mappings) {
            DeviceSpec node = node(mapping);
            nodes.add(node);
            String access = mapping.permissions() == null ? "rwm" : mapping.permissions();
            rules.add(new DeviceRule(
                    true,
                    node.block() ? DeviceRule.Type.BLOCK : DeviceRule.Type.CHARACTER,
                    node.major(),
                    node.minor(),
                    access));
        }
        return new HostDevices(nodes, rules);
    }

    private static DeviceSpec node(DeviceMapping mapping) {
        String target = mapping.target() == null || mapping.target().isEmpty() ? mapping.source() : mapping.target();
        try {
            Map<String, Object> facts = Files.readAttributes(Path.of(mapping.source()), "unix:mode,rdev,uid,gid");
            int mode = (int) number(facts, "mode");
            long rdev = number(facts, "rdev");
            if ((mode & TYPE) != BLOCK && (mode & TYPE) != CHARACTER) {
                throw new IllegalArgumentException("device \"" + mapping.source() + "\" is not a device node");
            }
            int major = (int) ((rdev >> 8) & 0xfff);
            int minor = (int) ((rdev & 0xff) | ((rdev >> 12) & 0xfff00));
            return new DeviceSpec(
                    target, (mode & TYPE) == BLOCK, major, minor, mode & 0777, (int) number(facts, "uid"), (int)
                            number(facts, "gid"));
        } catch (IOException e) {
            throw new IllegalArgumentException("device \"" + mapping.source() + "\" cannot be read on the host", e);
        }
    }

    private static long number(Map<String, Object> facts, String name) {
        return ((Number) Objects.requireNonNull(facts.get(name), name)).longValue();
    }
}
