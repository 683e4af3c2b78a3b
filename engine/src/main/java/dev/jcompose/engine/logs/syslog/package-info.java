/**
 * Hands what containers print on to a syslog server, out of their logs: so a server that is slow or away holds no
 * container up, and what it has missed is sent when it is back.
 */
@NullMarked
package dev.jcompose.engine.logs.syslog;

import org.jspecify.annotations.NullMarked;
