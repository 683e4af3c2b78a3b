package dev.jcompose.cli.template;

import dev.jcompose.cli.template.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes nodes of tokens. */
final class Parser {
    private static final Set<String> UNSUPPORTED = Set.of("define", "template", "block", "break", "continue");

    private final List<Token> tokens;
    /** Names of the variables that are known where the parser is; the empty one is {@code $}. */
    private Set<String> variables = new HashSet<>(Set.of(""));

    private int position;

    private Parser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /**
     * The nodes of a template.
     *
     * @param start where it begins in the text, in chars
     * @throws TemplateException if it is not one
     */
    static List<Node> parse(String template, int start) {
        Parser parser = new Parser(Lexer.tokens(template, start));
        List<Node> nodes = parser.nodes();
        Token token = parser.peek();
        if (!token.is(Kind.END)) {
            throw token.place().problem("there is nothing that %s could belong to", token);
        }
        return nodes;
    }

    /** As many as there are up to an end, an else, or the end of the template. */
    private List<Node> nodes() {
        List<Node> nodes = new ArrayList<>();
        for (Token token = peek(); !token.is(Kind.END); token = peek()) {
            if (token.isWord("end") || token.isWord("else")) {
                break;
            }
            nodes.add(node());
        }
        return nodes;
    }

    private Node node() {
        Token token = peek();
        if (token.is(Kind.TEXT)) {
            return new Node.Text(next().text());
        }
        if (!token.is(Kind.WORD)) {
            return output();
        }
        if (UNSUPPORTED.contains(token.text())) {
            throw token.place().problem("%s is not supported", token);
        }
        return switch (token.text()) {
            case "if", "with" -> condition(next().text());
            case "range" -> range(next().place());
            default -> output();
        };
    }

    private Node output() {
        Token token = peek();
        if (token.is(Kind.VARIABLE) && (peek(1).is(Kind.DECLARE) || peek(1).is(Kind.ASSIGN))) {
            boolean isNew = peek(1).is(Kind.DECLARE);
            String variable = isNew ? next().text() : known(next());
            next();
            Expression value = pipeline();
            variables.add(variable);
            close();
            return new Node.Assignment(variable, isNew, value);
        }
        Node output = new Node.Output(pipeline());
        close();
        return output;
    }

    private Node condition(String word) {
        Set<String> outside = variables;
        variables = new HashSet<>(outside);
        String variable = declared();
        Expression value = pipeline();
        close();
        List<Node> nodes = nodes();
        List<Node> otherwise = otherwise();
        variables = outside;
        return new Node.Condition(word.equals("with"), variable, value, nodes, otherwise);
    }

    /** {@code {{else}}...{{end}}}, {@code {{else if}}...}, which has the end of its own, or just the end. */
    private List<Node> otherwise() {
        if (!peek().isWord("else")) {
            end();
            return List.of();
        }
        next();
        if (peek().isWord("if") || peek().isWord("with")) {
            return List.of(condition(next().text()));
        }
        close();
        List<Node> nodes = nodes();
        end();
        return nodes;
    }

    private Node range(Place place) {
        Set<String> outside = variables;
        variables = new HashSet<>(outside);
        String key = null;
        if (peek().is(Kind.VARIABLE) && peek(1).is(Kind.COMMA)) {
            key = next().text();
            variables.add(key);
            next();
        }
        String item = declared();
        if (key != null && item == null) {
            throw peek().place().problem("expected \"$name :=\" after the comma, found %s", peek());
        }
        Expression value = pipeline();
        close();
        List<Node> nodes = nodes();
        List<Node> otherwise = otherwise();
        variables = outside;
        return new Node.Range(key, item, value, nodes, otherwise, place);
    }

    /** The variable of {@code $x := ...}, if that is what follows. */
    private @Nullable String declared() {
        if (!peek().is(Kind.VARIABLE) || !peek(1).is(Kind.DECLARE)) {
            return null;
        }
        String variable = next().text();
        next();
        variables.add(variable);
        return variable;
    }

    private Expression pipeline() {
        Expression value = command(null);
        while (peek().is(Kind.PIPE)) {
            next();
            value = command(value);
        }
        return value;
    }

    /** An operand, or a function with its arguments, of which the last may come through a pipe. */
    private Expression command(@Nullable Expression piped) {
        Token first = peek();
        if (isFunction(first)) {
            next();
            List<Expression> arguments = arguments();
            if (piped != null) {
                arguments.add(piped);
            }
            Functions.check(first.text(), arguments.size(), first.place());
            return new Expression.Call(first.text(), arguments, first.place());
        }
        Expression operand = operand();
        List<Expression> arguments = arguments();
        if (piped != null) {
            arguments.add(piped);
        }
        if (arguments.isEmpty()) {
            return operand;
        }
        if (arguments.size() == 1
                && operand instanceof Expression.Field field
                && field.name().equals("Label")) {
            return new Expression.Label(field, arguments.get(0));
        }
        throw first.place().problem("%s is no function, so it takes no argument", first);
    }

    private List<Expression> arguments() {
        List<Expression> arguments = new ArrayList<>();
        while (!peek().is(Kind.CLOSE) && !peek().is(Kind.PIPE) && !peek().is(Kind.RIGHT)) {
            arguments.add(operand());
        }
        return arguments;
    }

    private static boolean isFunction(Token token) {
        return token.is(Kind.WORD) && !Set.of("true", "false", "nil").contains(token.text());
    }

    /** A value, and the fields that are asked of it. */
    private Expression operand() {
        Token token = next();
        Expression value = switch (token.kind()) {
            case DOT -> new Expression.Dot();
            case FIELD -> new Expression.Field(new Expression.Dot(), token.text(), token.place());
            case VARIABLE -> new Expression.Variable(known(token));
            case STRING -> new Expression.Constant(token.text());
            case NUMBER -> new Expression.Constant(number(token));
            case WORD -> word(token);
            case LEFT -> inParentheses(token);
            default -> throw token.place().problem("expected a value, found %s", token);
        };
        while (peek().is(Kind.FIELD) && peek().glued()) {
            Token field = next();
            value = new Expression.Field(value, field.text(), field.place());
        }
        return value;
    }

    private Expression inParentheses(Token open) {
        Expression value = pipeline();
        if (!next().is(Kind.RIGHT)) {
            throw open.place().problem("\"(\" is not closed with \")\"");
        }
        return value;
    }

    private static Expression word(Token token) {
        return switch (token.text()) {
            case "true" -> new Expression.Constant(true);
            case "false" -> new Expression.Constant(false);
            case "nil" -> new Expression.Constant(null);
            default -> {
                Functions.check(token.text(), 0, token.place());
                yield new Expression.Call(token.text(), List.of(), token.place());
            }
        };
    }

    private static Object number(Token token) {
        try {
            if (token.text().contains(".")) {
                return Double.valueOf(token.text());
            }
            return Long.valueOf(token.text());
        } catch (NumberFormatException e) {
            throw token.place().problem("%s is no number", token);
        }
    }

    private String known(Token variable) {
        if (!variables.contains(variable.text())) {
            throw variable.place().problem("variable %s is not declared", variable);
        }
        return variable.text();
    }

    private void end() {
        Token token = next();
        if (!token.isWord("end")) {
            throw token.place().problem("expected {{end}}, found %s", token);
        }
        close();
    }

    private void close() {
        Token token = next();
        if (!token.is(Kind.CLOSE)) {
            throw token.place().problem("expected \"}}\", found %s", token);
        }
    }

    private Token peek() {
        return peek(0);
    }

    private Token peek(int ahead) {
        return tokens.get(Math.min(position + ahead, tokens.size() - 1));
    }

    private Token next() {
        Token token = peek();
        position++;
        return token;
    }
}
