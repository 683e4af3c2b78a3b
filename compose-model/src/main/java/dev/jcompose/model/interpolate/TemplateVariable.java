package dev.jcompose.model.interpolate;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.SequenceNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * A variable that a Compose file uses.
 *
 * @param name its name
 * @param required true: {@code ${NAME:?...}}, loading fails without it
 * @param defaultValue what {@code ${NAME:-...}} says; empty if nothing
 * @param alternateValue what {@code ${NAME:+...}} says; empty if nothing
 */
public record TemplateVariable(String name, boolean required, String defaultValue, String alternateValue) {

    /**
     * The variables of a model that was not interpolated, by name. Of several uses the first that says most is kept.
     */
    public static Map<String, TemplateVariable> find(Node model) {
        Map<String, TemplateVariable> found = new TreeMap<>();
        visit(model, found);
        return found;
    }

    private static void visit(Node node, Map<String, TemplateVariable> found) {
        if (node instanceof MappingNode mapping) {
            mapping.entries().values().forEach(entry -> visit(entry.value(), found));
        } else if (node instanceof SequenceNode list) {
            list.items().forEach(item -> visit(item, found));
        } else {
            String text = node.text();
            if (text != null) {
                scan(text, found);
            }
        }
    }

    private static void scan(String text, Map<String, TemplateVariable> found) {
        int dollar = text.indexOf('$');
        while (dollar >= 0 && dollar + 1 < text.length()) {
            int at = dollar + 2;
            char next = text.charAt(dollar + 1);
            if (next == '{') {
                int close = Template.closingBrace(text, at);
                if (close > 0) {
                    braced(text.substring(at, close), found);
                    at = close + 1;
                }
            } else if (next != '$') {
                int end = Template.nameEnd(text, dollar + 1);
                add(text.substring(dollar + 1, end), ' ', "", found);
                at = Math.max(end, dollar + 1);
            }
            dollar = text.indexOf('$', at);
        }
    }

    private static void braced(String expression, Map<String, TemplateVariable> found) {
        int end = Template.nameEnd(expression, 0);
        int operator = expression.startsWith(":", end) ? end + 1 : end;
        char kind = operator < expression.length() ? expression.charAt(operator) : ' ';
        String operand = operator < expression.length() ? expression.substring(operator + 1) : "";
        add(expression.substring(0, end), kind, operand, found);
        scan(operand, found);
    }

    private static void add(String name, char kind, String operand, Map<String, TemplateVariable> found) {
        if (name.isEmpty()) {
            return;
        }
        TemplateVariable use =
                new TemplateVariable(name, kind == '?', kind == '-' ? operand : "", kind == '+' ? operand : "");
        found.merge(name, use, TemplateVariable::with);
    }

    private TemplateVariable with(TemplateVariable other) {
        return new TemplateVariable(
                name,
                required || other.required,
                defaultValue.isEmpty() ? other.defaultValue : defaultValue,
                alternateValue.isEmpty() ? other.alternateValue : alternateValue);
    }
}
