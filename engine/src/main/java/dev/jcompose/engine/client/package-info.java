/**
 * The engine from another process: {@link dev.jcompose.engine.client.EngineClient} speaks HTTP over its socket,
 * {@link dev.jcompose.engine.client.EngineStarter} starts one where none answers. Nothing here loads native code, netty
 * or data binding: a short command must start fast.
 */
@NullMarked
package dev.jcompose.engine.client;

import org.jspecify.annotations.NullMarked;
