#!/bin/sh
# Starts the web application with a Java of this machine, 17 or newer.
set -u

on_path=$(command -v java) && on_path=$(readlink -f "$on_path")
for home in "${JAVA_HOME:-}" "${on_path%/bin/java}" /usr/lib/jvm/* /opt/* /opt/*/* /usr/java/* /usr/local/*jdk*; do
    if ! [ -x "$home/bin/java" ] || ! [ -r "$home/release" ]; then continue; fi
    major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")
    if [ "${major:-0}" -ge 17 ]; then
        exec "$home/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xmx64m \
            -cp '/app/*' "${MAIN_CLASS:-dev.jcompose.samples.notes.Main}" "$@"
    fi
done
echo "no Java 17 or newer in /usr/lib/jvm, /opt or on the PATH; a JDK in a home directory is not in localhost/host" >&2
exit 1
