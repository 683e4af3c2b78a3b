package dev.jcompose.bench;

import org.openjdk.jmh.annotations.Fork;

/** What is measured in a JVM that has the options of the engine. */
@Fork(
        value = 1,
        jvmArgsAppend = {
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmn8m",
            "-Xmx64m",
            "-Djnr.ffi.asm.enabled=false",
            "-Dio.netty.allocator.type=unpooled",
            "-Dio.netty.jfr.enabled=false"
        })
abstract class InEngineJvm {}
