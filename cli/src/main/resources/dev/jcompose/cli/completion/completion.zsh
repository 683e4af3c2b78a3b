#compdef jcompose
# Completion of jcompose for zsh:  source <(jcompose completion zsh)
# For good:  jcompose completion zsh >"${fpath[1]}/_jcompose"

_jcompose() {
    local line files=''
    local -a plain unfinished
    while IFS= read -r line; do
        if [[ $line == :files ]]; then
            files=yes
            continue
        fi
        local word=${line%%$'\t'*} explanation=''
        [[ $line == *$'\t'* ]] && explanation=${line#*$'\t'}
        word=${word//:/\\:}
        if [[ $word == *= ]]; then
            unfinished+=("$word")
        else
            plain+=("$word${explanation:+:$explanation}")
        fi
    done < <(JCOMPOSE_BUILD=never "${words[1]}" __complete "${(@)words[2,CURRENT]}" 2>/dev/null)
    (( $#plain )) && _describe -t jcompose jcompose plain
    (( $#unfinished )) && compadd -S '' -- $unfinished
    [[ -n $files ]] && _files
    return 0
}

if [[ ${funcstack[1]} == _jcompose ]]; then
    _jcompose "$@"
else
    compdef _jcompose jcompose
fi
