package dev.jcompose.cli.template;

import dev.jcompose.engine.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a template that has a value: one of {@link GoText}'s, or a {@link Heading}. */
sealed interface Expression {

    /** The value; null is Go's nil, and what a map does not have. */
    @Nullable
    Object value(Scope scope);

    /** {@code .}. */
    record Dot() implements Expression {
        @Override
        public @Nullable Object value(Scope scope) {
            return scope.dot();
        }
    }

    /** A text, a number, a truth, or nil. */
    record Constant(@Nullable Object constant) implements Expression {
        @Override
        public @Nullable Object value(Scope scope) {
            return constant;
        }
    }

    /** {@code $name}. */
    record Variable(String name) implements Expression {
        @Override
        public @Nullable Object value(Scope scope) {
            return scope.variable(name);
        }
    }

    /** {@code .Name}, of {@code .} or of another value. */
    record Field(Expression of, String name, Place place) implements Expression {
        @Override
        public @Nullable Object value(Scope scope) {
            Object object = of.value(scope);
            if (object instanceof Heading heading) {
                return heading.member(name);
            }
            if (object instanceof Map<?, ?> map) {
                return map.get(name);
            }
            if (!(object instanceof JsonObject members)) {
                throw place.problem("%s has no field \"%s\"", object == null ? "nil" : GoText.of(object), name);
            }
            if (!members.members().containsKey(name)) {
                throw place.problem(
                        "no field \"%s\"; there are %s",
                        name, String.join(", ", members.members().keySet()));
            }
            return members.members().get(name);
        }
    }

    /** {@code .Label "name"}: one of the labels that a listing has as {@code a=b,c=d}; empty if there is none. */
    record Label(Field field, Expression name) implements Expression {
        @Override
        public @Nullable Object value(Scope scope) {
            Field labels = new Field(field.of(), "Labels", field.place());
            Object value = labels.value(scope);
            String wanted = GoText.of(name.value(scope));
            if (value instanceof Heading heading) {
                return heading.ofLabel(wanted);
            }
            for (String pair : GoText.of(value).split(",", -1)) {
                if (pair.startsWith(wanted + "=")) {
                    return pair.substring(wanted.length() + 1);
                }
            }
            return "";
        }
    }

    /** A function with its arguments. */
    record Call(String function, List<Expression> arguments, Place place) implements Expression {
        @Override
        public @Nullable Object value(Scope scope) {
            if (function.equals("and") || function.equals("or")) {
                return firstThatDecides(scope, function.equals("or"));
            }
            List<@Nullable Object> values = new ArrayList<>();
            arguments.forEach(argument -> values.add(argument.value(scope)));
            return Functions.call(function, values, place);
        }

        /** The arguments after it are not looked at. */
        private @Nullable Object firstThatDecides(Scope scope, boolean deciding) {
            Object value = null;
            for (Expression argument : arguments) {
                value = argument.value(scope);
                if (Truth.of(value) == deciding) {
                    break;
                }
            }
            return value;
        }
    }
}
