/**
 * One nf_tables table of our own: masquerade, published ports, isolation. Everything that differs from container to
 * container is an element of a map, so a packet costs the same with one container as with a thousand, and publishing a
 * port is one element more. Rules of others are never touched; a packet that another table drops stays dropped.
 */
@NullMarked
package dev.jcompose.network.firewall;

import org.jspecify.annotations.NullMarked;
