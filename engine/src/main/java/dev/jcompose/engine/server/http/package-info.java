/**
 * HTTP/1.1 on a unix domain socket by netty's epoll transport: each request runs on a pool as blocking code with
 * streams, is interrupted when its client goes away, and may take the connection over (101).
 */
@NullMarked
package dev.jcompose.engine.server.http;

import org.jspecify.annotations.NullMarked;
