/**
 * An SSH agent for commands of a build: it holds keys that were given as files, signs with them, and never hands one
 * out.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/draft-ietf-sshm-ssh-agent">SSH agent protocol</a>
 */
@NullMarked
package dev.jcompose.engine.build.ssh;

import org.jspecify.annotations.NullMarked;
