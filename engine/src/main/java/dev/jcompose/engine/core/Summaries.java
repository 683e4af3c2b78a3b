package dev.jcompose.engine.core;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.ContainerSummary.Publisher;
import dev.jcompose.engine.assemble.CommandLine;
import dev.jcompose.engine.assemble.ExposedPort;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerConfig;
import dev.jcompose.engine.container.ContainerStatus;
import dev.jcompose.engine.lifecycle.ImageLookup;
import dev.jcompose.model.ServiceVolume;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** What is shown of containers and projects. */
final class Summaries {
    private final ImageLookup images;
    private final Function<Container, Set<String>> memberships;

    /** @param memberships the names of a container's networks */
    Summaries(ImageLookup images, Function<Container, Set<String>> memberships) {
        this.images = images;
        this.memberships = memberships;
    }

    ContainerSummary container(Container container) {
        ContainerConfig config = container.config();
        Container.Snapshot now = container.snapshot();
        ContainerStatus status = now.status();
        return new ContainerSummary(
                config.id(),
                config.name(),
                container.imageName(),
                command(container),
                config.project(),
                config.service(),
                config.number(),
                config.oneOff(),
                status.state().text(),
                now.health().text(),
                status.exitCode(),
                status.oomKilled(),
                config.createdAt(),
                status.startedAt(),
                status.finishedAt(),
                publishers(container, status),
                networks(container, status),
                mounts(container),
                config.labels());
    }

    private List<String> command(Container container) {
        try {
            return CommandLine.of(container.service(), images.config(container));
        } catch (IOException | IllegalArgumentException e) {
            // Its image is gone: what the service itself says is all there is to show.
            List<String> command = container.service().command();
            return command == null ? List.of() : command;
        }
    }

    private List<Publisher> publishers(Container container, ContainerStatus status) {
        List<Publisher> publishers = new ArrayList<>();
        Set<ExposedPort> offered = new TreeSet<>();
        if (status.isAlive() && !status.attachments().isEmpty()) {
            offered.addAll(ExposedPort.of(container.service(), portsOfImage(container)));
        }
        status.ports().forEach(port -> {
            String protocol = port.protocol().toString();
            String address = port.hostIp() == null ? "0.0.0.0" : port.hostIp().toString();
            publishers.add(new Publisher(address, port.containerPort(), port.hostPort(), protocol));
            offered.remove(new ExposedPort(port.containerPort(), protocol));
        });
        offered.forEach(port -> publishers.add(new Publisher("", port.number(), 0, port.protocol())));
        return publishers;
    }

    private Set<String> portsOfImage(Container container) {
        try {
            return images.config(container).exposedPorts();
        } catch (IOException e) {
            // It is gone: what the service itself says is all there is to show.
            return Set.of();
        }
    }

    private Map<String, String> networks(Container container, ContainerStatus status) {
        Map<String, String> networks = new LinkedHashMap<>();
        if (status.attachments().isEmpty() || !status.isAlive()) {
            memberships.apply(container).forEach(name -> networks.put(name, ""));
        }
        status.attachments()
                .forEach(a -> networks.put(
                        a.networkName(), a.ipv4().map(Object::toString).orElse("")));
        return networks;
    }

    private static List<String> mounts(Container container) {
        List<String> mounts = new ArrayList<>();
        for (ServiceVolume volume : container.service().volumes()) {
            String source = volume.source();
            if (source != null) {
                var named = container.project().volumes().get(source);
                mounts.add(named == null ? source : named.name());
            }
        }
        mounts.addAll(container.config().anonymousVolumes().values());
        return mounts;
    }
}
