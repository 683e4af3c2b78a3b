package dev.jcompose.engine.network;

import dev.jcompose.engine.container.Container;
import dev.jcompose.model.PortMapping;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.Protocol;
import dev.jcompose.network.bridge.Attachment;
import dev.jcompose.network.firewall.PublishedPort;
import dev.jcompose.network.ports.HostPorts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides which port of the host leads to which port of a container, and keeps it from everybody else meanwhile. */
public final class PortAssigner {
}
