/**
 * A command that a warm engine runs on this process's behalf: the request, and the streams between the two. A process
 * that delegates loads these few classes and nothing else of ours, and of the JDK what a socket and three files need;
 * that is what makes it fast. So nothing here formats texts, streams collections or parses anything.
 *
 * <p>The connection starts as HTTP, {@code POST /compose/command}; after {@code 101} both sides send
 * {@link dev.jcompose.cli.delegate.Frame frames}.
 */
@NullMarked
package dev.jcompose.cli.delegate;

import org.jspecify.annotations.NullMarked;
