#!/bin/bash
# Whether the application answers, and reaches its database. Neither curl nor wget is on every machine.
set -u

if ! { exec 3<>"/dev/tcp/127.0.0.1/$PORT"; } 2>/dev/null; then
    echo "nothing listens on port $PORT"
    exit 1
fi
printf 'GET /health HTTP/1.0\r\n\r\n' >&3
IFS= read -r -t 2 -u 3 status
case $status in
    HTTP/*' 200 '*) exit 0 ;;
esac
echo "the answer to GET /health is \"${status%$'\r'}\""
exit 1
