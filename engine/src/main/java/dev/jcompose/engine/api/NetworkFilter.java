package dev.jcompose.engine.api;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which networks somebody wants to see, by Docker's keys: {@code id}, {@code name}, {@code driver}, {@code scope},
 * {@code type}, {@code label}, {@code dangling}. Values of one key are alternatives, but of labels all must match.
 */
public record NetworkFilter(Map<String, List<String>> values) {
    private static final Set<String> KNOWN = Set.of("id", "name", "driver", "scope", "type", "label", "dangling");

    /** @throws EngineException of kind INVALID for another key */
    public NetworkFilter {
        values = Map.copyOf(values);
        for (String key : values.keySet()) {
            if (!KNOWN.contains(key)) {
                throw new EngineException(EngineException.Kind.INVALID, "invalid filter '%s'".formatted(key));
            }
        }
    }

    /** Whether a network passes all of it. */
    public boolean accepts(NetworkSummary network) {
        String type = network.isPredefined() || network.name().equals("bridge") ? "builtin" : "custom";
        return anyOf("id", network.id()::startsWith)
                && anyOf("name", network.name()::contains)
                && anyOf("driver", network.driver()::equals)
                && anyOf("scope", "local"::equals)
                && anyOf("type", type::equals)
                && anyOf("dangling", value -> isTrue(value) == isDangling(network))
                && values.getOrDefault("label", List.of()).stream().allMatch(network::hasLabel);
    }

    private boolean anyOf(String key, Predicate<String> test) {
        return !values.containsKey(key)
                || values.getOrDefault(key, List.of()).stream().anyMatch(test);
    }

    private static boolean isTrue(String value) {
        return value.equals("true") || value.equals("1");
    }

    private static boolean isDangling(NetworkSummary network) {
        return !network.isPredefined() && network.endpoints().isEmpty();
    }
}
