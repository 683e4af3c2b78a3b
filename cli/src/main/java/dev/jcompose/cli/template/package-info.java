/**
 * Go's templates, which {@code --format} takes: fields, variables, pipelines, conditions, ranges, the functions of
 * text/template that make sense in a terminal, and those that Docker adds. No definitions of further templates. A
 * {@code Lexer} cuts the text, a {@code Parser} makes nodes of it, and these print themselves for a value.
 *
 * @see <a href="https://pkg.go.dev/text/template">text/template</a>
 * @see <a href="https://docs.docker.com/engine/cli/formatting/">Format command and log output</a>
 */
@NullMarked
package dev.jcompose.cli.template;

import org.jspecify.annotations.NullMarked;
