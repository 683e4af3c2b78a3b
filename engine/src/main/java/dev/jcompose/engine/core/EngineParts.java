package dev.jcompose.engine.core;

import dev.jcompose.engine.container.ContainerTable;
import dev.jcompose.engine.event.EventBus;
import dev.jcompose.engine.event.Notices;
import dev.jcompose.engine.image.ImageUsers;
import dev.jcompose.engine.lifecycle.ContainerCreator;
import dev.jcompose.engine.lifecycle.ContainerStopper;
import dev.jcompose.engine.lifecycle.Failpoint;
import dev.jcompose.engine.lifecycle.HealthMonitor;
import dev.jcompose.engine.lifecycle.HookRunner;
import dev.jcompose.engine.lifecycle.ImageLookup;
import dev.jcompose.engine.lifecycle.NetworkMembership;
import dev.jcompose.engine.lifecycle.Supervisor;
import dev.jcompose.engine.network.NetworkRegistry;
import dev.jcompose.engine.network.PortAssigner;
import dev.jcompose.engine.network.StaticAddresses;
import dev.jcompose.images.ImageStore;
import dev.jcompose.images.transfer.ImageTransfer;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.epoll.EventLoop;
import dev.jcompose.runtime.ContainerRuntime;
import dev.jcompose.volumes.VolumeStore;
import java.time.Clock;
import java.util.concurrent.ExecutorService;

/** What the engine is made of; {@link Wiring} puts it together. */
public record EngineParts(
        Linux linux,
        EventLoop loop,
        ContainerRuntime runtime,
        ImageStore images,
        ImageLookup imageLookup,
        ImageUsers imageUsers,
        ImageProvision provision,
        ImageTransfer transfer,
        VolumeStore volumes,
        NetworkRegistry networks,
        StaticAddresses fixedAddresses,
        PortAssigner ports,
        ContainerTable table,
        ContainerCreator creator,
        ContainerStopper stopper,
        Supervisor supervisor,
        NetworkMembership membership,
        HealthMonitor health,
        HookRunner hooks,
        ContainerLogs logs,
        BuildCommand builds,
        EventBus bus,
        Notices notices,
        ExecutorService workers,
        Failpoint failpoint,
        Clock clock) {

    /** Takes snapshots of what there is. */
    Observer observer() {
        return new Observer(table, networks, volumes);
    }
}
