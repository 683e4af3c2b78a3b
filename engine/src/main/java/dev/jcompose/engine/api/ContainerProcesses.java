package dev.jcompose.engine.api;

import java.util.List;

/**
 * The processes of a container as ps(1) shows them.
 *
 * @param titles of the columns
 * @param processes a row for each, with as many cells as there are titles
 */
public record ContainerProcesses(List<String> titles, List<List<String>> processes) {
    public ContainerProcesses {
        titles = List.copyOf(titles);
        processes = List.copyOf(processes);
    }
}
