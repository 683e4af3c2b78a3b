#!/bin/bash
# Whether the database accepts connections: sends it a start-up message and reads the first byte of the answer, which is
# R for "authenticate yourself" and E for an error, such as "the database system is starting up".
# https://www.postgresql.org/docs/17/protocol-flow.html#PROTOCOL-FLOW-START-UP
# This takes a few milliseconds, so it can be asked often.
set -u

parameters="user\\x00${POSTGRES_USER}\\x00database\\x00${POSTGRES_DB}\\x00\\x00"
# The length counts itself and the protocol number, and the zero bytes: five of the parameters.
length=$((4 + 4 + 4 + ${#POSTGRES_USER} + 8 + ${#POSTGRES_DB} + 5))

if ! { exec 3<>/dev/tcp/127.0.0.1/5432; } 2>/dev/null; then
    echo "nothing listens on port 5432"
    exit 1
fi
# shellcheck disable=SC2059 # the zero bytes are in the format
printf "\\0\\0\\0\\x$(printf %02x "$length")\\0\\3\\0\\0$parameters" >&3
IFS= read -r -n 1 -t 2 -u 3 answer
if [ "$answer" != R ]; then
    echo "the database does not accept connections yet (answer \"${answer}\")"
    exit 1
fi
# The rest of the message, which offers SCRAM-SHA-256: hanging up on it would be an error in the database's log.
head -c 23 <&3 >/dev/null
