package dev.jcompose.model.write;

import dev.jcompose.model.PortMapping;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Draws a project in the DOT language with what each service has in its node, as {@code alpha viz} prints it.
 *
 * @param indent in front of each line
 * @param networks the networks are in the nodes
 * @param ports the published ports are in the nodes
 * @param image the image is in the nodes
 */
public record GraphvizWriter(String indent, boolean networks, boolean ports, boolean image) {

    /** The graph; services in the order of the project. */
    public String write(Project project) {
        StringBuilder out = new StringBuilder("digraph " + quoted(project.name()) + " {\n" + indent + "layout=dot;\n");
        for (Service service : project.services()) {
            out.append(indent)
                    .append(quoted(service.name()))
                    .append(" [style=\"filled\" label=<<font point-size=\"15\">")
                    .append(service.name())
                    .append("</font>")
                    .append(details(project, service))
                    .append(">];\n");
        }
        out.append('\n');
        for (Service service : project.services()) {
            for (String needed : project.graph().dependencies(service.name()).keySet()) {
                out.append(indent)
                        .append(quoted(service.name()))
                        .append(" -> ")
                        .append(quoted(needed))
                        .append(";\n");
            }
        }
        return out.append("}\n").toString();
    }

    private String details(Project project, Service service) {
        StringBuilder out = new StringBuilder();
        if (networks) {
            List<String> names = new ArrayList<>(service.networks().keySet());
            names.sort(Comparator.<String>comparingInt(
                            name -> -Objects.requireNonNull(service.networks().get(name))
                                    .priority())
                    .thenComparing(Comparator.naturalOrder()));
            out.append(block("Networks", names));
        }
        if (ports) {
            out.append(block(
                    "Ports", service.ports().stream().map(GraphvizWriter::port).toList()));
        }
        if (image) {
            String name = service.image() == null ? project.name() + "-" + service.name() : service.image();
            out.append(block("Image", List.of(name)));
        }
        return out.toString();
    }

    private static String port(PortMapping port) {
        return (port.hostIp() == null ? "" : port.hostIp() + ":")
                + (port.published() == null ? "" : port.published())
                + ":" + port.target() + " (" + port.protocol() + ", " + port.mode() + ")";
    }

    private static String block(String title, List<String> lines) {
        return lines.isEmpty()
                ? ""
                : "<font point-size=\"10\"><br/><br/><b>" + title + ":</b><br/>" + String.join("<br/>", lines)
                        + "</font>";
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
