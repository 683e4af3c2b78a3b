package dev.jcompose.engine.lifecycle;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerState;
import dev.jcompose.engine.container.ContainerStatus;
import dev.jcompose.engine.container.ContainerTable;
import dev.jcompose.engine.event.Notices;
import dev.jcompose.engine.home.EngineDirectories;
import dev.jcompose.engine.logs.LogWriter;
import dev.jcompose.engine.network.Connection;
import dev.jcompose.engine.network.ContainerNetworking;
import dev.jcompose.engine.network.NetworkRegistry;
import dev.jcompose.engine.network.StaticAddresses;
import dev.jcompose.engine.state.StateFiles;
import dev.jcompose.linux.overlay.TreeRemoval;
import dev.jcompose.network.bridge.Attachment;
import dev.jcompose.network.dns.DnsEndpoint;
import dev.jcompose.network.firewall.PublishedPort;
import dev.jcompose.runtime.ContainerRuntime;
import dev.jcompose.runtime.RunningContainer;
import dev.jcompose.runtime.container.ContainerExit;
import dev.jcompose.runtime.container.ContainerProcess;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a new engine does first: it reads what the one before it wrote down, finds the containers that still run, and
 * goes on with their logs, names, health and restarts. Containers do not notice.
 */
public final class Recovery {
    private static final Logger log = LoggerFactory.getLogger(Recovery.class);

    private final EngineDirectories directories;
    private final StateFiles stateFiles;
    private final TreeRemoval trees;
    private final ContainerTable table;
    private final ContainerRuntime runtime;
    private final NetworkRegistry registry;
    private final StaticAddresses fixedAddresses;
    private final ContainerNetworking networking;
    private final ContainerStarter.LogOpener logs;
    private final Supervisor supervisor;
    private final Clock clock;
    private final Notices notices;
    private final String bootId;
    private final LastBoot lastBoot;

    public Recovery(
            EngineDirectories directories,
            StateFiles stateFiles,
            TreeRemoval trees,
            ContainerTable table,
            ContainerRuntime runtime,
            NetworkRegistry registry,
            StaticAddresses fixedAddresses,
            ContainerNetworking networking,
            ContainerStarter.LogOpener logs,
            Supervisor supervisor,
            Clock clock,
            Notices notices,
            String bootId) {
        this.directories = directories;
        this.stateFiles = stateFiles;
        this.trees = trees;
        this.table = table;
        this.runtime = runtime;
        this.registry = registry;
        this.fixedAddresses = fixedAddresses;
        this.networking = networking;
        this.logs = logs;
        this.supervisor = supervisor;
        this.clock = clock;
        this.notices = notices;
        this.bootId = bootId;
        this.lastBoot = new LastBoot(directories, stateFiles);
    }

    /**
     * Does it all; a container that cannot be taken over does not keep the others from it.
     *
     * @return the services of each project that are to be started because the machine was started anew
     */
    public Map<String, Set<String>> run() throws IOException {
        boolean rebooted = !lastBoot.read().map(bootId::equals).orElse(true);
        Map<String, Set<String>> comeback = new TreeMap<>();
        List<Container> containers = known(RecordedContainer.all(directories, stateFiles, trees, runtime, notices));
        List<Attachment> attachments = new ArrayList<>();
        List<PublishedPort> ports = new ArrayList<>();
        for (Container container : containers) {
            if (mayRun(container.status())) {
                attachments.addAll(container.status().attachments());
                ports.addAll(container.status().ports());
            }
        }
        registry.restore(attachments, ports);
        for (Container container : containers) {
            fixedAddresses.hold(container.project());
            if (!mayRun(container.status())) {
                registry.remember(container.status().attachments());
            }
        }
        for (Container container : containers) {
            container.lock().lock();
            try {
                if (recover(container, rebooted)) {
                    comeback.computeIfAbsent(container.config().project(), project -> new TreeSet<>())
                            .add(container.config().service());
                }
            } catch (IOException | RuntimeException e) {
                log.error("cannot take over container {}", container, e);
                notices.add(
                        "container " + container + " is not watched over, and can only be stopped: " + e.getMessage());
            } finally {
                container.lock().unlock();
            }
        }
        // Only now: an engine that is killed before has not seen the reboot.
        lastBoot.write(bootId);
        return comeback;
    }

    private List<Container> known(List<Container> recorded) {
        List<Container> known = new ArrayList<>();
        for (Container container : recorded) {
            try {
                table.add(container);
                known.add(container);
            } catch (EngineException e) {
                log.error("container {} is left alone: {}", container.config().id(), e.getMessage());
            }
        }
        return known;
    }

    private boolean mayRun(ContainerStatus status) {
        return status.isAlive() && status.process() != null && status.bootId().equals(bootId);
    }

    /**
     * Finds out what has become of a container.
     *
     * @return whether it is to be started because the machine was started anew
     */
    private boolean recover(Container container, boolean rebooted) throws IOException {
        ContainerStatus status = container.status();
        if (mayRun(status)) {
            takeOver(container, Objects.requireNonNull(status.process()));
            return false;
        }
        // What the engine was doing when it was killed, the start or the end of a run, may have left something.
        runtime.delete(container.config().id(), container.files().run());
        boolean lost = status.isAlive();
        boolean comesBack = (lost || rebooted) && Restarts.comesBack(container);
        if (lost) {
            supervisor.noteLost(container, ContainerExit.lost(clock.instant()), comesBack);
        } else if (comesBack) {
            supervisor.save(container, status.in(ContainerState.RESTARTING));
        } else if (status.state() == ContainerState.RESTARTING) {
            supervisor.resumeRestart(container);
        }
        return comesBack;
    }

    private void takeOver(Container container, ContainerProcess process) throws IOException {
        Undo undo = new Undo();
        try {
            takeOver(container, process, undo);
            undo.keep();
        } catch (IOException | RuntimeException e) {
            undo.undo(e);
            throw e;
        }
    }

    private void takeOver(Container container, ContainerProcess process, Undo undo) throws IOException {
        RunningContainer running =
                runtime.find(process, container.config().id(), container.files().run());
        undo.with(running::close);
        // One that has ended meanwhile is taken over as well: what it wrote last is in its FIFOs, and the watch sees
        // its end at once.
        boolean alive = running.exit().isEmpty();
        Connection connection = alive
                ? networking.restore(container, process.pid())
                : new Connection(
                        container.status().attachments(), container.status().ports(), null);
        DnsEndpoint dns = connection.dns();
        if (dns != null) {
            undo.with(dns::close);
        }
        LogWriter writer = logs.open(container, running);
        undo.with(() -> logs.close(container, writer, running));
        supervisor.takeOver(container, new ContainerStarter.Started(running, writer, connection), container.status());
        if (alive && container.status().state() != ContainerState.PAUSED) {
            // The engine before was killed while it paused the container, or made an image of it.
            running.resume();
        }
        if (alive && container.status().stoppedByUser()) {
            // Whoever stopped it has not seen it end.
            supervisor.forgiveAfter(container, ContainerStopper.gracePeriod(container));
        }
        log.info("took over container {}{}", container, alive ? "" : ", which has ended");
    }
}
