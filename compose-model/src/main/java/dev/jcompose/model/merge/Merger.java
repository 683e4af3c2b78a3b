package dev.jcompose.model.merge;

import dev.jcompose.model.canonical.ListForms;
import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.MergeTag;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.NodePath;
import dev.jcompose.model.node.Origin;
import dev.jcompose.model.node.PathTable;
import dev.jcompose.model.node.ScalarNode;
import dev.jcompose.model.node.SequenceNode;
import dev.jcompose.model.problem.Problem;
import dev.jcompose.model.problem.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stage: merges a model over another one. A value with {@code !override} replaces; one with {@code !reset} stays in the
 * result as a marker, so that it also removes what a further merge would bring below it, until {@link MergeTags#strip}.
 */
public final class Merger {
    private final Problems problems;

    private Merger(Problems problems) {
        this.problems = problems;
    }

    /** Merges whole files; where the kinds of two values do not fit, that is reported and the earlier one stays. */
    public static MappingNode merge(MappingNode base, MappingNode over, Problems problems) {
        return new Merger(problems).mappings(base, over, NodePath.ROOT, MergeRules.TABLE);
    }

    /** Merges a service over one that it extends. */
    public static MappingNode mergeService(MappingNode base, MappingNode over, String name, Problems problems) {
        return new Merger(problems)
                .mappings(
                        base,
                        over,
                        NodePath.of("services", name),
                        Objects.requireNonNull(MergeRules.TABLE.at("services")).at(name));
    }

    private MappingNode mappings(
            MappingNode base, MappingNode over, NodePath path, @Nullable PathTable<MergeRule> rules) {
        MappingNode.Editor merged = base.edit();
        base.entries().forEach((key, entry) -> {
            if (base.origin() != null) {
                merged.put(
                        key, entry.value().withOrigin(Origin.join(entry.value().origin(), base.origin())));
            }
        });
        over.entries().forEach((key, entry) -> {
            Node earlier = merged.get(key);
            Node later = entry.value();
            if (over.origin() != null) {
                later = later.withOrigin(Origin.join(later.origin(), over.origin()));
            }
            if (earlier == null || later.tag() != MergeTag.NONE) {
                merged.put(key, new MappingNode.Entry(entry.key(), later));
            } else if (earlier.tag() == MergeTag.RESET) {
                merged.put(key, new MappingNode.Entry(entry.key(), later.withTag(MergeTag.OVERRIDE)));
            } else {
                Node value = values(earlier, later, path.child(key), PathTable.step(rules, key));
                merged.put(key, new MappingNode.Entry(entry.key(), value.withTag(earlier.tag())));
            }
        });
        // Each entry has its origin now; the mapping as a whole has none.
        return merged.done().withOrigin(null);
    }

    private Node values(Node base, Node over, NodePath path, @Nullable PathTable<MergeRule> rules) {
        MergeRule rule = PathTable.ruleOf(rules);
        if (rule == MergeRule.REPLACE) {
            return over;
        }
        if (over.isNull()) {
            return base;
        }
        if (base.isNull()) {
            return over;
        }
        if (rule == null) {
            return general(base, over, path, rules);
        }
        return switch (rule) {
            case REPLACE -> over;
            case KEY_VALUE_LIST ->
                MergeLists.append(
                        MergeLists.keyValues(MergeLists.withoutTagged(base, over)), MergeLists.keyValues(over));
            case APPEND_NEW -> MergeLists.appendNew(MergeLists.hosts(base), MergeLists.hosts(over));
            case BUILD -> general(context(base), context(over), path, rules);
            case DEPENDS_ON -> general(ListForms.dependencies(base), ListForms.dependencies(over), path, rules);
            case NAMES -> general(ListForms.names(base), ListForms.names(over), path, rules);
            case LOGGING -> sameDriver(base, over) ? general(base, over, path, rules) : over;
            case IPAM_CONFIG -> subnets(base, over, path, rules);
        };
    }

    private Node general(Node base, Node over, NodePath path, @Nullable PathTable<MergeRule> rules) {
        if (base instanceof MappingNode baseMapping) {
            if (over instanceof MappingNode overMapping) {
                return mappings(baseMapping, overMapping, path, rules);
            }
            return mismatch(base, over, path);
        }
        if (base instanceof SequenceNode baseList) {
            if (over instanceof SequenceNode overList) {
                return MergeLists.append(baseList, overList);
            }
            return mismatch(base, over, path);
        }
        return over;
    }

    private Node mismatch(Node base, Node over, NodePath path) {
        Problem problem = Problem.of(over.location(), path.toString(), "cannot override " + path)
                .withOrigin(over.origin())
                .withHint("this is " + over.kind() + ", but it is " + base.kind() + " at " + base.location());
        problems.error(problem);
        return base;
    }

    private static Node context(Node build) {
        return build instanceof ScalarNode
                ? MappingNode.empty(build.location()).with("context", build.withTag(MergeTag.NONE))
                : build;
    }

    private static boolean sameDriver(Node base, Node over) {
        if (base instanceof MappingNode earlier && over instanceof MappingNode later) {
            Node before = earlier.get("driver");
            Node after = later.get("driver");
            return before == null || after == null || Objects.equals(before.plain(), after.plain());
        }
        return true;
    }

    private Node subnets(Node base, Node over, NodePath path, @Nullable PathTable<MergeRule> rules) {
        if (!(base instanceof SequenceNode baseList) || !(over instanceof SequenceNode overList)) {
            return general(base, over, path, rules);
        }
        List<Node> pools = new ArrayList<>(baseList.items());
        for (Node later : overList.items()) {
            int same = indexOfSubnet(pools, later);
            if (same < 0) {
                pools.add(later);
            } else {
                pools.set(same, general(pools.get(same), later, path.item(same), PathTable.step(rules, "*")));
            }
        }
        return baseList.withItems(pools);
    }

    private static int indexOfSubnet(List<Node> pools, Node wanted) {
        for (int i = 0; i < pools.size(); i++) {
            if (pools.get(i) instanceof MappingNode pool
                    && wanted instanceof MappingNode other
                    && pool.has("subnet")
                    && other.has("subnet")
                    && subnet(pool).equals(subnet(other))) {
                return i;
            }
        }
        return -1;
    }

    private static String subnet(MappingNode pool) {
        Node subnet = pool.get("subnet");
        return subnet == null ? "" : String.valueOf(subnet.plain());
    }
}
