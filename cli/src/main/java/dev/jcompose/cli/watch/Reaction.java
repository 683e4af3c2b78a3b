package dev.jcompose.cli.watch;

import dev.jcompose.model.Hook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is to be done after some files have changed.
 *
 * @param rebuild services whose images are built again
 * @param sync files to copy or remove, by service: from the host's path to the container's
 * @param restart services that are restarted after that
 * @param exec commands to run after that, by service
 */
record Reaction(
        Set<String> rebuild, Map<String, Map<Path, String>> sync, Set<String> restart, Map<String, List<Hook>> exec) {

    /** What the rules say; a command runs once, however many files have changed. */
    static Reaction to(Collection<Path> changed, WatchRules rules) {
        Reaction reaction = new Reaction(new TreeSet<>(), new TreeMap<>(), new TreeSet<>(), new TreeMap<>());
        for (ServiceRule rule : rules.all()) {
            List<Path> files =
                    changed.stream().filter(rule.filter()::matches).sorted().toList();
            if (!files.isEmpty()) {
                reaction.add(rule, files);
            }
        }
        return reaction;
    }

    private void add(ServiceRule rule, List<Path> files) {
        String service = rule.service();
        if (rule.isSync()) {
            Map<Path, String> targets = sync.computeIfAbsent(service, any -> new LinkedHashMap<>());
            files.forEach(file -> targets.put(file, rule.target(file)));
        }
        switch (rule.rule().action()) {
            case REBUILD -> rebuild.add(service);
            case RESTART, SYNC_RESTART -> restart.add(service);
            case SYNC_EXEC -> {
                if (rule.rule().exec() != null) {
                    exec.computeIfAbsent(service, any -> new ArrayList<>())
                            .add(rule.rule().exec());
                }
            }
            case SYNC -> {}
        }
    }
}
