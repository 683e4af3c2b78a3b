package dev.jcompose.cli.template;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code .} and the variables are at a place of a template. {@code $} is the value that the template is for. */
final class Scope {
    private final @Nullable Scope outer;
    private final @Nullable Object dot;
    private final Map<String, @Nullable Object> variables = new HashMap<>();

    private Scope(@Nullable Scope outer, @Nullable Object dot) {
        this.outer = outer;
        this.dot = dot;
    }

    /** Of a whole template. */
    static Scope of(Object value) {
        Scope scope = new Scope(null, value);
        scope.declare("", value);
        return scope;
    }

    /** Of a block in it, whose variables end with it. */
    Scope inner(@Nullable Object innerDot) {
        return new Scope(this, innerDot);
    }

    @Nullable
    Object dot() {
        return dot;
    }

    void declare(String name, @Nullable Object value) {
        variables.put(name, value);
    }

    /** Gives a variable that was declared here or further out another value. */
    void assign(String name, @Nullable Object value) {
        declaring(name).variables.put(name, value);
    }

    @Nullable
    Object variable(String name) {
        return declaring(name).variables.get(name);
    }

    private Scope declaring(String name) {
        Scope scope = this;
        while (!scope.variables.containsKey(name) && scope.outer != null) {
            scope = scope.outer;
        }
        return scope;
    }
}
