package dev.jcompose.model.write;

import dev.jcompose.model.DependencyGraph;
import dev.jcompose.model.DependsOn;
import dev.jcompose.model.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws which service needs which. Stateless. */
public final class GraphWriter {
    private GraphWriter() {}

    /** A Mermaid flowchart; an arrow points at what is needed, a dotted one at what is not required. */
    public static String toMermaid(Project project) {
        DependencyGraph graph = project.graph();
        List<String> names = new ArrayList<>(graph.services());
        StringBuilder out = new StringBuilder("flowchart LR\n");
        for (int i = 0; i < names.size(); i++) {
            out.append("    s").append(i).append("[\"").append(names.get(i)).append("\"]\n");
        }
        for (int i = 0; i < names.size(); i++) {
            for (Map.Entry<String, DependsOn> each :
                    graph.dependencies(names.get(i)).entrySet()) {
                out.append("    s")
                        .append(i)
                        .append(each.getValue().required() ? " -->|" : " -.->|")
                        .append(label(each.getValue()))
                        .append("| s")
                        .append(names.indexOf(each.getKey()))
                        .append('\n');
            }
        }
        return out.toString();
    }

    /** A DOT digraph; an arrow points at what is needed, a dashed one at what is not required. */
    public static String toDot(Project project) {
        DependencyGraph graph = project.graph();
        StringBuilder out = new StringBuilder("digraph \"" + project.name() + "\" {\n  rankdir=LR;\n");
        for (String name : graph.services()) {
            out.append("  \"").append(name).append("\";\n");
        }
        for (String name : graph.services()) {
            graph.dependencies(name)
                    .forEach((needed, how) -> out.append("  \"")
                            .append(name)
                            .append("\" -> \"")
                            .append(needed)
                            .append("\" [label=\"")
                            .append(label(how))
                            .append(how.required() ? "\"];\n" : "\", style=dashed];\n"));
        }
        return out.append("}\n").toString();
    }

    private static String label(DependsOn dependency) {
        return dependency.condition().name().toLowerCase(Locale.ROOT).replace("service_", "");
    }
}
