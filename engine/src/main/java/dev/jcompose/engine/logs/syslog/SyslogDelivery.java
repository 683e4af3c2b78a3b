package dev.jcompose.engine.logs.syslog;

import dev.jcompose.engine.logs.ContainerLog;
import dev.jcompose.engine.state.StateFiles;
import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers the lines of all containers that want it: one thread for each server. Thread-safe. */
public final class SyslogDelivery implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SyslogDelivery.class);
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private final Linux linux;
    private final StateFiles stateFiles;
    private final Consumer<String> warnings;
    private final Map<SyslogServer, SyslogLane> lanes = new HashMap<>();

    /**
     * Begins nothing.
     *
     * @param warnings is told when a server does not take lines; from any thread
     */
    public SyslogDelivery(Linux linux, StateFiles stateFiles, Consumer<String> warnings) {
        this.linux = linux;
        this.stateFiles = stateFiles;
        this.warnings = warnings;
    }

    /**
     * A container has begun to write to its log. Goes on where an engine before this one had come; lines of its last
     * moments may be delivered twice.
     *
     * @param container its id
     * @param directory of its log, where is noted what has been delivered
     * @param facts for the places of the tag, see {@link SyslogTag}
     */
    public synchronized void begin(
            String container, ContainerLog output, Path directory, SyslogPlan plan, Map<String, String> facts) {
        SyslogLane lane =
                lanes.computeIfAbsent(plan.server(), server -> new SyslogLane(linux, server, hostName(), warnings));
        lane.begin(
                container,
                () -> new SyslogSource(
                        container,
                        output,
                        plan,
                        SyslogTag.of(plan.tag(), facts),
                        new DeliveryMark(stateFiles, directory.resolve("syslog.json")),
                        lane,
                        lane::wake));
    }

    private static String hostName() {
        try {
            return Files.readString(HOST_NAME, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            log.debug("no host name", e);
            return "localhost";
        }
    }

    @Override
    public synchronized void close() {
        lanes.values().forEach(SyslogLane::close);
        lanes.clear();
    }
}
