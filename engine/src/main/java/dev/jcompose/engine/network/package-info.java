/**
 * How containers come into their networks: the bridges of projects, and for each start the interfaces, names, addresses
 * and published ports.
 */
@NullMarked
package dev.jcompose.engine.network;

import org.jspecify.annotations.NullMarked;
